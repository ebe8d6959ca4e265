import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { watchInterrupts } from './interrupts.ts';

describe('Ctrl-C', () => {
  let source: EventEmitter;
  let events: string[];
  let time: number;
  beforeEach(() => {
    source = new EventEmitter();
    events = [];
    time = 1000;
    const onStop = () => events.push('stop');
    const onForce = () => events.push('force');
    watchInterrupts({ onStop, onForce, source, now: () => time });
  });

  test('stops the shop once, although npm passes it on a second time', () => {
    source.emit('SIGINT');
    time += 250;
    source.emit('SIGINT');
    expect(events).toEqual(['stop']);
  });

  test('a second time, by a user who has had enough, ends everything', () => {
    source.emit('SIGINT');
    time += 251;
    source.emit('SIGINT');
    expect(events).toEqual(['stop', 'force']);
  });

  test.each(['SIGTERM', 'SIGHUP'])('means the same as %s', (signal) => {
    source.emit(signal);
    expect(events).toEqual(['stop']);
  });
});
