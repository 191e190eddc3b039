import { describe, expect, it } from 'vitest';
import type { Figure } from '../../api/types';
import { decimalsFor, groupsOf, isCertain, isEmpty, place, questionOf, questions, scaleOf } from './measures_view';

const nothing: Figure = {
  name: 'handling_median',
  unit: 'minutes',
  statistic: 'median',
  estimated: false,
  all: null,
  with_ai: null,
  without_ai: null,
  difference: null,
  baseline: null,
  since_baseline: null,
  series: [],
  lacks: [],
};

describe('the questions', () => {
  it('are nine, each with an address of its own', () => {
    expect(questions).toHaveLength(9);
    expect(new Set(questions.map((one) => one.slug)).size).toBe(9);
    expect(questionOf('fel')?.question).toBe('errors');
    expect(questionOf('annat')).toBeUndefined();
  });
});

describe('a scale', () => {
  it('holds every value between round numbers, for numbers of any size', () => {
    for (const values of [[0.0003, 0.0011], [7.2, 12.9], [-4, 3], [12345, 99], [0], [0.2]]) {
      const scale = scaleOf(values);
      for (const value of values) {
        expect(value).toBeGreaterThanOrEqual(scale.low);
        expect(value).toBeLessThanOrEqual(scale.high);
      }
      expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
      expect(scale.ticks.length).toBeLessThanOrEqual(9);
      expect(scale.ticks).toContain(0);
    }
    expect(scaleOf([7.2, 12.9]).ticks).toEqual([0, 5, 10, 15]);
  });

  it('places values in proportion', () => {
    const scale = { low: 0, high: 10, ticks: [] };
    expect(place(scale, 5, 100, 200)).toBe(150);
    expect(place(scale, 0, 50, 0)).toBe(50);
  });
});

describe('a number', () => {
  it('has three figures that count, whatever its size', () => {
    expect([1234, 100, 15.52, 3.957, 0.2028, 0.0704, -0.3318, 0.000012].map(decimalsFor)).toEqual([0, 0, 1, 2, 3, 4, 3, 6]);
    expect(decimalsFor(0)).toBe(0);
  });
});

describe('what there is to tell', () => {
  it('is nothing when every group is too small', () => {
    expect(isEmpty(nothing)).toBe(true);
    const some = { ...nothing, without_ai: { value: 1, low: 0, high: 2, n: 7 } };
    expect(isEmpty(some)).toBe(false);
    expect(groupsOf(some).map((row) => row.group)).toEqual(['without_ai']);
  });

  it('is certain only when nought lies outside the interval', () => {
    expect(isCertain({ value: -4, low: -6, high: -2, n: 9 })).toBe(true);
    expect(isCertain({ value: 1, low: -1, high: 3, n: 9 })).toBe(false);
    expect(isCertain({ value: 1, low: null, high: null, n: 9 })).toBe(false);
  });
});
