export { type App, createService, type Service, type ServiceOptions } from './create-service.ts';
export { deadlineOf } from './handler-timeout.ts';
export { invalidRequest } from './invalid-request.ts';
export { runMain } from './run-main.ts';
export { type ServiceConfig, serviceConfig } from './service-config.ts';
export { start } from './start.ts';
