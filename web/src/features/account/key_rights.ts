// What an API key can be given, in groups that people know apart.
import type { Right } from '../../api/types';

export interface RightGroup {
  name: 'look' | 'work' | 'rule';
  rights: Right[];
}

const groups: RightGroup[] = [
  { name: 'look', rights: ['read'] },
  { name: 'work', rights: ['edit', 'review'] },
  { name: 'rule', rights: ['administer', 'provision', 'measure', 'audit', 'protect'] },
];

// The groups of what can be given; those that nothing is left of are not there.
export function grouped(given: readonly Right[]): RightGroup[] {
  return groups
    .map(({ name, rights }) => ({ name, rights: rights.filter((right) => given.includes(right)) }))
    .filter(({ rights }) => rights.length > 0);
}

// What somebody may give an account: what the account has, and no more than they have themselves. Provisioning is for programs
// alone: whoever keeps people by hand may let one do it.
export function givable(account: readonly Right[], giver: readonly Right[]): Right[] {
  return account.filter((right) => giver.includes(right === 'provision' ? 'administer' : right));
}
