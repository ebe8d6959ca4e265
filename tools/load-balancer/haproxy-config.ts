import { createRouter, type Routing } from '../front-door/routing.ts';
import { backendSections } from './backend-sections.ts';
import { defaultsSection, globalSection, resolversSection } from './base-sections.ts';
import { frontendSection } from './frontend-section.ts';
import { listenerSections } from './listener-sections.ts';
import type { Timings } from './timings.ts';

const HEADER = `# The load balancer of the compose stack: HAProxy 3.0 as a stand-in for the Application Load Balancer of the templates.
# Generated from infra/routing.json and infra/timings.json by npm run generate: edit those, not this file.`;

/** The configuration of HAProxy that behaves like an Application Load Balancer with these rules and timings. */
export function haproxyConfig(routing: Routing, timings: Timings): string {
  // Refuses what the balancer would refuse.
  createRouter(routing, true);
  const services = [...new Set([...routing.rules, ...routing.servicePages].map(({ service }) => service))];
  const sections = [
    HEADER,
    globalSection(),
    defaultsSection(timings),
    resolversSection(),
    listenerSections(timings),
    frontendSection(routing, services),
    ...services.map((service) => backendSections(service, timings)),
  ];
  return `${sections.join('\n\n')}\n`;
}
