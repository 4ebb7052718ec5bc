import type { Response } from 'express';
import { setInterval as every, clearInterval as cease } from 'node:timers';
import type { Leg, Line } from '../network/leg';

/** What the browser shows of its own call. */
export interface SoftphoneState {
  callSid: string;
  state: 'connecting' | 'ringing' | 'open' | 'closed';
  muted: boolean;
  participants: string[];
  company: string;
}

export interface EventStream {
  close(): void;
}

const keepAliveMs = 15_000;

/** Writes a leg's life to one browser as server-sent events, beginning with what has been said already. */
export function streamEvents(res: Response, leg: Leg, current: () => SoftphoneState, past: Line[], onClose: () => void): EventStream {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const send = (event: string, data: object) => void res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const state = () => send('state', current());
  const line = ({ at, who, kind, text }: Line) => send('transcript', { at, who, kind, text });

  state();
  past.forEach(line);
  const beat = every(() => res.write(': still here\n\n'), keepAliveMs);
  leg.on('status', state).on('muted', state).on('participants', state).on('company', state).on('line', line);
  const finished = () => {
    state();
    res.end();
  };
  leg.over.signal.addEventListener('abort', finished, { once: true });
  res.on('close', () => {
    cease(beat);
    leg.off('status', state).off('muted', state).off('participants', state).off('company', state).off('line', line);
    leg.over.signal.removeEventListener('abort', finished);
    onClose();
  });
  return { close: () => res.end() };
}
