// What an entry of the record says, read with care: entries of older versions of the program may lack parts. Pure.

export interface EvidenceView {
  title: string;
  path: string;
  quote: string;
  document: string;
  version: string;
}

export interface ProposalView {
  question: string;
  asOf: string;
  collections: string[];
  answerable: boolean;
  answer: string;
  reason: string;
  evidence: EvidenceView[];
  confidence: number | undefined;
  model: string;
  milliseconds: number | undefined;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function evidenceOf(value: unknown): EvidenceView {
  const { title, path, quote, document, version } = fields(value);
  return { title: text(title), path: text(path), quote: text(quote), document: text(document), version: text(version) };
}

// Undefined when the entry is not a proposed answer.
export function proposalOf(content: unknown): ProposalView | undefined {
  const whole = fields(content);
  const input = fields(whole.input);
  const output = fields(whole.output);
  const question = text(input.question) || text(input.text);
  if (question === '') return undefined;
  const citations = list(output.citations);
  return {
    question,
    asOf: text(input.as_of),
    collections: list(input.collections).map(text),
    answerable: output.answerable === true,
    answer: text(output.answer),
    reason: text(output.reason),
    // A citation holds its quote; what was considered for a refusal is known by its place alone.
    evidence: (citations.length > 0 ? citations : list(whole.evidence)).map(evidenceOf),
    confidence: amount(whole.confidence) ?? amount(output.support),
    model: text(whole.model),
    milliseconds: amount(whole.milliseconds),
  };
}

// One line about an entry for the list: the first thing in it that tells it apart from others of its kind.
export function summaryOf(content: unknown): string {
  const proposal = proposalOf(content);
  if (proposal) return proposal.question;
  const whole = fields(content);
  const attributes = fields(whole.attributes);
  for (const value of [whole.title, attributes.title, whole.name, whole.file_name, whole.collection]) {
    if (text(value) !== '') return text(value);
  }
  return '';
}
