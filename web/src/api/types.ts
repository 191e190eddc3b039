// Names for the JSON that the server speaks. The shapes are generated from docs/api/openapi.json into schema.d.ts.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type Right = Schemas['Right'];
export type InformationClass = Schemas['InformationClass'];
export type Validity = Schemas['Validity'];
export type DocumentKind = Schemas['DocumentKind'];
export type FileState = Schemas['FileState'];

export type Session = Schemas['SessionView'];
export type SignInWays = Schemas['SignInWays'];
export type Person = Schemas['Person'];
export type NewPerson = Schemas['NewPerson'];
export type PersonLink = Schemas['PersonLink'];
export type Organisation = Schemas['OrganisationView'];
export type Group = Schemas['Group'];
export type Account = Schemas['AccountView'];
export type FactorSetup = Schemas['FactorSetup'];
export type RecoveryCodes = Schemas['RecoveryCodes'];
export type SessionRow = Schemas['SessionRow'];
export type ApiKey = Schemas['ApiKey'];
export type NewKey = Schemas['NewKey'];
export type KeyWithToken = Schemas['KeyWithToken'];
export type Collection = Schemas['Collection'];
export type Attributes = Schemas['Attributes'];
export type CollectionSettings = Schemas['CollectionSettings'];
export type Readers = Schemas['ReadersView'];
export type DocumentView = Schemas['DocumentView'];
export type VersionSummary = Schemas['VersionSummary'];
export type DocumentDetails = Schemas['DocumentDetails'];
export type Section = Schemas['Section'];
export type VersionView = Schemas['VersionView'];
export type SectionView = Schemas['SectionView'];
export type Place = Schemas['Place'];
export type PlaceList = Schemas['PlaceList'];
export type Difference = Schemas['DifferenceView'];
export type Span = Schemas['Span'];
export type Hit = Schemas['Hit'];
export type Results = Schemas['Results'];
export type ExplainedTerm = Schemas['ExplainedTerm'];
export type Citation = Schemas['Citation'];
export type Reading = Schemas['Reading'];
export type Related = Schemas['Related'];
// The number of the answer's entry in the record comes with a streamed answer.
export type Answer = Schemas['Answer'] & { entry?: number | null };
export type Understanding = Schemas['Understanding'];
export type AskCorrection = Schemas['AskCorrection'];
export type QuestionList = Schemas['QuestionList'];
export type Glossary = Schemas['GlossaryView'];
export type GlossaryEntry = Schemas['GlossaryEntry'];
export type GlossarySuggestion = Schemas['GlossarySuggestion'];
export type GlossaryImported = Schemas['GlossaryImported'];
export type FileReport = Schemas['ImportedFile'];
export type ImportJob = Schemas['ImportView'];
export type ImportOptions = Schemas['ImportForm'];
export type RecordEntry = Schemas['RecordEntry'];
export type Verification = Schemas['VerificationView'];
export type DeskItem = Schemas['DeskItem'];
export type DeskProposal = Schemas['DeskProposal'];
export type DeskReview = Schemas['DeskReview'];
export type DeskClaim = Schemas['DeskClaim'];
export type DeskCount = Schemas['DeskCount'];
export type DeskKind = Schemas['DeskKind'];
export type DeskKinds = Schemas['DeskKindList'];
export type DeskAgreement = Schemas['DeskAgreement'];
export type DeskRecipients = Schemas['DeskRecipients'];
export type DeskRecipient = Schemas['DeskRecipient'];
export type ProposalState = Schemas['State'];
export type ProposalAction = Schemas['Action'];
export type Way = Schemas['Way'];
export type BatchResult = Schemas['BatchView'];
export type Digest = Schemas['DigestView'];
export type DifferencePiece = Schemas['DifferencePiece'];
export type SecondLook = Schemas['SecondLookView'];
export type Stock = Schemas['Stock'];
export type RetentionEvent = Schemas['RetentionEvent'];
export type RetentionRule = Schemas['RetentionRule'];
export type NewRule = Schemas['NewRule'];
export type LegalHold = Schemas['LegalHold'];
export type SuggestedTerm = Schemas['SuggestedTerm'];
export type RetentionView = Schemas['RetentionView'];
export type RetentionPlan = Schemas['Plan'];
export type PlannedRemoval = Schemas['PlannedRemoval'];
export type RetentionRun = Schemas['RunReport'];
export type FoundItem = Schemas['FoundItem'];
export type FoundItems = Schemas['FoundItems'];
export type ReleaseDraft = Schemas['ReleaseDraft'];
export type ReleaseItem = Schemas['ReleaseItem'];
export type Assessment = Schemas['Assessment'];
export type Figure = Schemas['Figure'];
export type Shown = Schemas['Shown'];
export type MeasureQuestion = Schemas['Question'];
export type MeasureUnit = Schemas['Unit'];
export type MeasuresSettings = Schemas['MeasuresSettings'];
export type Experiment = Schemas['Experiment'];
export type Factor = Schemas['Factor'];
export type Respondent = Schemas['Respondent'];
export type OpenQuestions = Schemas['OpenQuestions'];
export type Severity = Schemas['Severity'];
export type Subject = Schemas['Subject'];
export type SubjectItem = Schemas['SubjectItem'];
export type SubjectFindings = Schemas['SubjectFindings'];
export type PartName = Schemas['PartName'];
export type Restriction = Schemas['Restriction'];
export type RestrictionGround = Schemas['RestrictionGround'];
export type Recipient = Schemas['Recipient'];
export type Coverage = Schemas['Coverage'];
export type ShownCorrection = Schemas['ShownCorrection'];
export type Source = Schemas['Source'];
export type IndexState = Schemas['IndexView'];
export type Status = Schemas['StatusView'];

// Every value of an enumeration, in the order in which it is offered; the compiler sees to it that none is missing.
export const roles = every<Role>()(
  'reader',
  'editor',
  'reviewer',
  'administrator',
  'auditor',
  'data_protection_officer',
  'service',
);
// What an API key can be given: neither what needs no key, nor the owner's own account.
export const keyRights = every<Exclude<Right, 'anyone' | 'account'>>()('read', 'edit', 'review', 'administer', 'measure', 'audit', 'protect', 'provision');
export const restrictionGrounds = every<RestrictionGround>()('accuracy', 'unlawful', 'claims', 'objection');
export const informationClasses = every<InformationClass>()('open', 'internal', 'confidential', 'secret');
export const documentKinds = every<DocumentKind>()(
  'statute',
  'policy',
  'guideline',
  'plan',
  'fee_schedule',
  'decision',
  'minutes',
  'form',
  'faq',
  'web_page',
  'letter',
  'other',
);

function every<All extends string>() {
  return <Given extends All>(...values: Exclude<All, Given> extends never ? Given[] : never): All[] => values;
}
