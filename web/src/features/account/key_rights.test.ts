import { describe, expect, it } from 'vitest';
import { keyRights } from '../../api/types';
import { givable, grouped } from './key_rights';

describe('rights of a key', () => {
  it('has a group for every right that a key can have', () => {
    expect(grouped(keyRights).flatMap(({ rights }) => rights).toSorted()).toEqual([...keyRights].toSorted());
  });
  it('leaves out what cannot be given, and groups without anything', () => {
    expect(grouped(['read', 'edit'])).toEqual([
      { name: 'look', rights: ['read'] },
      { name: 'work', rights: ['edit'] },
    ]);
  });
  it('gives nobody more than the account and the giver have', () => {
    expect(givable(['read', 'edit'], ['read', 'administer'])).toEqual(['read']);
    expect(givable(['read', 'provision'], ['read', 'administer'])).toEqual(['read', 'provision']);
    expect(givable(['read', 'provision'], ['read'])).toEqual(['read']);
  });
});
