import { describe, expect, it } from 'vitest';
import { isInForce, itemAddress } from './schedule';

describe('the retention schedule', () => {
  it('knows whether a rule is in force, its last day included', () => {
    const rule = { valid_from: '2026-01-01', valid_to: '2026-11-30' };
    expect(isInForce(rule, '2025-12-31')).toBe(false);
    expect(isInForce(rule, '2026-11-30')).toBe(true);
    expect(isInForce(rule, '2026-12-01')).toBe(false);
    expect(isInForce({ valid_from: '2026-01-01', valid_to: null }, '2099-01-01')).toBe(true);
  });

  it('leads to what would go', () => {
    expect(itemAddress({ stock: 'record', id: '12', document: '' })).toBe('/protokoll?nummer=12');
    expect(itemAddress({ stock: 'document', id: 'v1', document: 'd1' })).toBe('/dokument/d1');
    expect(itemAddress({ stock: 'job', id: 'j1', document: '' })).toBeUndefined();
  });
});
