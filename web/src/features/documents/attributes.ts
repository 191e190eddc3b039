// The form's view of a document's attributes: every field a string, lists separated by commas. Pure.
import type { Attributes, DocumentKind, ImportOptions, InformationClass } from '../../api/types';

export interface AttributesForm {
  title: string;
  kind: DocumentKind | '';
  owner: string;
  reference: string;
  source: string;
  informationClass: InformationClass | '';
  access: string[];
  secrecy: string;
  validFrom: string;
  validTo: string;
}

export function emptyForm(): AttributesForm {
  return {
    title: '',
    kind: '',
    owner: '',
    reference: '',
    source: '',
    informationClass: '',
    access: [],
    secrecy: '',
    validFrom: '',
    validTo: '',
  };
}

export function formOf(attributes: Attributes): AttributesForm {
  return {
    title: attributes.title,
    kind: attributes.kind,
    owner: attributes.owner,
    reference: attributes.reference,
    source: attributes.source,
    informationClass: attributes.information_class,
    access: [...attributes.access],
    secrecy: attributes.secrecy,
    validFrom: attributes.valid_from ?? '',
    validTo: attributes.valid_to ?? '',
  };
}

export function listOf(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

// What the form does not show stays as it was.
export function attributesOf(form: AttributesForm, before: Attributes): Attributes {
  return {
    ...before,
    title: form.title.trim(),
    kind: form.kind || before.kind,
    owner: form.owner.trim(),
    reference: form.reference.trim(),
    source: form.source.trim(),
    information_class: form.informationClass || before.information_class,
    access: [...form.access],
    secrecy: form.secrecy.trim(),
    valid_from: form.validFrom || null,
    valid_to: form.validTo || null,
  };
}

// Only what was filled in: the rest comes from the files themselves.
export function optionsOf(form: AttributesForm, collection: string, asVersionOf: string | undefined): ImportOptions {
  const options: ImportOptions = { collection: collection.trim() };
  if (form.title.trim()) options.title = form.title.trim();
  if (form.kind) options.kind = form.kind;
  if (form.owner.trim()) options.owner = form.owner.trim();
  if (form.informationClass) options.information_class = form.informationClass;
  if (form.access.length > 0) options.access = [...form.access];
  if (form.secrecy.trim()) options.secrecy = form.secrecy.trim();
  if (form.validFrom) options.valid_from = form.validFrom;
  if (form.validTo) options.valid_to = form.validTo;
  if (asVersionOf) options.as_version_of = asVersionOf;
  return options;
}

export function endsBeforeItBegins(form: AttributesForm): boolean {
  return form.validFrom !== '' && form.validTo !== '' && form.validTo < form.validFrom;
}
