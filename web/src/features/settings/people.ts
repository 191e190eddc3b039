import type { Maybe, Role } from '../../api/types';

export interface Person {
  id: string;
  name: string;
  role: Role;
  groups: string[];
  disabled: boolean;
  created: string;
  last_signed_in?: Maybe<string>;
}

export interface PersonLink {
  link: string;
  expires: string;
}
