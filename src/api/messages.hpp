#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/caller.hpp"
#include "access/people.hpp"
#include "api/descriptions.hpp"
#include "assistants/answer.hpp"
#include "core/time.hpp"
#include "documents/document.hpp"
#include "documents/library.hpp"
#include "documents/sources.hpp"
#include "json/describe.hpp"
#include "json/value.hpp"
#include "search/searcher.hpp"

// What goes over the wire. Domain structs that travel unchanged are described in api/descriptions.hpp.
namespace kansli::api {

// RFC 9457.
struct Problem {
    std::string type{};
    std::string title{};
    int status = 500;
    std::string detail{};
    std::string code{};
    std::optional<std::string> where{};
    std::optional<std::string> advice{};
    std::optional<std::string> request{};  // the id that log lines of the request carry
};
KANSLI_DESCRIBE(Problem, type, title, status, detail, code, where, advice, request)

struct User {
    std::string id{};
    std::string user_name{};
    std::string name{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    std::vector<access::Right> rights{};  // what the roles grant
};
KANSLI_DESCRIBE(User, id, user_name, name, roles, groups, department, review_kinds, rights)

[[nodiscard]] User view(const access::Caller& caller);

struct Person {
    std::string id{};
    std::string user_name{};
    std::string name{};
    std::string email{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    bool disabled = false;
    Timestamp created{};
    std::optional<Timestamp> last_signed_in{};
    std::vector<access::Right> rights{};  // that the roles grant: a key of the account can have them
};
KANSLI_DESCRIBE(Person, id, user_name, name, email, roles, groups, department, review_kinds, disabled,
                created, last_signed_in, rights)

[[nodiscard]] Person view(const access::User& user);

struct PersonList {
    std::vector<Person> people{};
};
KANSLI_DESCRIBE(PersonList, people)

struct NewPerson {
    std::string name{};
    std::vector<access::Role> roles{};
    std::vector<std::string> groups{};
    std::string department{};
    std::vector<std::string> review_kinds{};
    std::optional<std::string> user_name{};  // absent: made of the name
    std::optional<std::string> email{};
};
KANSLI_DESCRIBE(NewPerson, name, roles, groups, department, review_kinds, user_name, email)

struct PersonChange {
    std::optional<std::string> name{};
    std::optional<std::vector<access::Role>> roles{};
    std::optional<std::vector<std::string>> groups{};
    std::optional<std::string> department{};
    std::optional<std::vector<std::string>> review_kinds{};
    std::optional<bool> disabled{};
    std::optional<std::string> user_name{};
    std::optional<std::string> email{};
};
KANSLI_DESCRIBE(PersonChange, name, roles, groups, department, review_kinds, disabled, user_name, email)

// A one-time link, shown once to whoever made it. A service account gets none: it does not sign in.
struct PersonLink {
    Person user{};
    std::optional<std::string> link{};
    std::optional<Timestamp> expires{};
};
KANSLI_DESCRIBE(PersonLink, user, link, expires)

struct SignIn {
    std::string token{};
};
KANSLI_DESCRIBE(SignIn, token)

struct SessionView {
    User user{};
    std::string csrf{};
    std::string version{};
    std::string municipality{};
};
KANSLI_DESCRIBE(SessionView, user, csrf, version, municipality)

struct CollectionList {
    std::vector<documents::Collection> collections{};
};
KANSLI_DESCRIBE(CollectionList, collections)

// Who may read a document, with what its collection adds to its own limits.
struct ReadersView {
    bool everyone = false;                    // every signed-in person
    bool walled = false;                      // administrators neither
    std::vector<access::AccessList> lists{};  // each must let a reader in
    std::string secrecy{};
    access::InformationClass information_class = access::InformationClass::open;
};
KANSLI_DESCRIBE(ReadersView, everyone, walled, lists, secrecy, information_class)

[[nodiscard]] ReadersView view(const documents::Protection& protection);

struct CollectionSettingsList {
    std::vector<documents::CollectionSettings> collections{};
};
KANSLI_DESCRIBE(CollectionSettingsList, collections)

// What is set for a collection; its name stands in the address.
struct ChangeCollection {
    std::string owner{};
    std::vector<std::string> access{};
    access::InformationClass information_class = access::InformationClass::open;
    std::string secrecy{};
};
KANSLI_DESCRIBE(ChangeCollection, owner, access, information_class, secrecy)

struct DocumentView {
    documents::DocumentId id{};
    std::string collection{};
    std::string file_name{};
    documents::VersionId current_version{};
    int versions = 0;
    Timestamp changed{};
    documents::Attributes attributes{};
    documents::Validity validity = documents::Validity::applies;
    ReadersView readers{};
};
KANSLI_DESCRIBE(DocumentView, id, collection, file_name, current_version, versions, changed, attributes,
                validity, readers)

[[nodiscard]] DocumentView view(const documents::DocumentSummary& document, Date today);

struct DocumentList {
    std::vector<DocumentView> documents{};
};
KANSLI_DESCRIBE(DocumentList, documents)

// A correction of personal data, as everybody sees it who may see what it corrects; the reason is for those who look after it.
struct ShownCorrection {
    std::int64_t entry = 0;  // of the record
    Timestamp moment{};
    std::string wrong{};  // may be empty
    std::string right{};
    std::string version{};  // of a document; else empty
};
KANSLI_DESCRIBE(ShownCorrection, entry, moment, wrong, right, version)

struct DocumentDetails {
    DocumentView document{};
    std::vector<documents::VersionSummary> versions{};
    std::vector<ShownCorrection> corrections{};
};
KANSLI_DESCRIBE(DocumentDetails, document, versions, corrections)

struct DescribeDocument {
    documents::Attributes attributes{};
};
KANSLI_DESCRIBE(DescribeDocument, attributes)

struct VersionView {
    documents::DocumentId document{};
    documents::VersionId version{};
    std::string title{};
    std::string format{};
    int pages = 0;
    double page_width = 0;
    double page_height = 0;
    documents::Validity validity = documents::Validity::applies;
    std::vector<documents::Section> sections{};
    std::vector<ShownCorrection> corrections{};
};
KANSLI_DESCRIBE(VersionView, document, version, title, format, pages, page_width, page_height, validity,
                sections, corrections)

struct SectionView {
    documents::Section section{};
    std::string text{};
    std::optional<int> page{};
};
KANSLI_DESCRIBE(SectionView, section, text, page)

struct PlaceList {
    std::vector<extract::Place> places{};
    double page_width = 0;
    double page_height = 0;
};
KANSLI_DESCRIBE(PlaceList, places, page_width, page_height)

struct DifferencePiece {
    documents::Edit kind = documents::Edit::same;
    std::string text{};
};
KANSLI_DESCRIBE(DifferencePiece, kind, text)

struct DifferenceSection {
    std::string path{};
    documents::Change state = documents::Change::changed;
    std::vector<DifferencePiece> pieces{};
};
KANSLI_DESCRIBE(DifferenceSection, path, state, pieces)

// Only the sections that differ, in the order of the later version.
struct DifferenceView {
    std::vector<DifferenceSection> sections{};
};
KANSLI_DESCRIBE(DifferenceView, sections)

[[nodiscard]] DifferenceView view(const documents::Difference& difference);

struct TermList {
    std::vector<search::ExplainedTerm> terms{};
};
KANSLI_DESCRIBE(TermList, terms)

// What whoever asks says that an expression means or does not.
struct AskCorrection {
    assistants::CorrectionKind kind = assistants::CorrectionKind::means;
    std::string expression{};
    std::string term{};
};
KANSLI_DESCRIBE(AskCorrection, kind, expression, term)

struct AskRequest {
    std::string question{};
    std::vector<std::string> collections{};
    std::optional<Date> as_of{};
    std::vector<AskCorrection>
        corrections{};  // they hold for this question, and are suggested to the glossary
};
KANSLI_DESCRIBE(AskRequest, question, collections, as_of, corrections)

// Questions to choose from while somebody types, the best first.
struct QuestionList {
    std::vector<std::string> questions{};
};
KANSLI_DESCRIBE(QuestionList, questions)

// The proposal that an entry is about.
struct EntryProposal {
    std::string id{};
    std::string title{};
    bool opens = false;  // whether the desk shows it to the caller
};
KANSLI_DESCRIBE(EntryProposal, id, title, opens)

struct RecordEntry {
    std::int64_t number = 0;
    Timestamp moment{};
    std::string actor{};
    std::string kind{};
    std::string subject{};
    json::Value content{};  // null when it is masked or has been removed
    bool content_removed = false;
    bool masked = false;  // it tells of what the caller may not read, or of what is restricted
    std::string previous{};
    std::string hash{};
    int format = 2;  // entries of format 1 can be proved only with their content
    std::vector<ShownCorrection> corrections{};
    std::optional<EntryProposal> proposal{};  // none when it is about none, or the caller may not know which
};
KANSLI_DESCRIBE(RecordEntry, number, moment, actor, kind, subject, content, content_removed, masked, previous,
                hash, format, corrections, proposal)

struct RecordPage {
    std::vector<RecordEntry> entries{};
};
KANSLI_DESCRIBE(RecordPage, entries)

struct SourceListView {
    std::vector<documents::Source> sources{};
};
KANSLI_DESCRIBE(SourceListView, sources)

struct SourceItemList {
    std::vector<documents::SourceItem> items{};
};
KANSLI_DESCRIBE(SourceItemList, items)

struct NewSourceRequest {
    std::string collection{};
    std::vector<std::string> locations{};
    int interval_minutes = 60;
};
KANSLI_DESCRIBE(NewSourceRequest, collection, locations, interval_minutes)

struct PollPayload {
    documents::SourceId source{};
};
KANSLI_DESCRIBE(PollPayload, source)

struct PollStarted {
    std::string job{};
};
KANSLI_DESCRIBE(PollStarted, job)

struct IndexView {
    std::string state{};
    double progress = 0;
};
KANSLI_DESCRIBE(IndexView, state, progress)

struct StatusView {
    std::string version{};
    std::int64_t documents = 0;
    std::int64_t sections = 0;
    IndexView index{};
    std::vector<std::string> allowed_hosts{};
    std::vector<documents::WalledDocuments> walled{};  // how many each department has behind walls
};
KANSLI_DESCRIBE(StatusView, version, documents, sections, index, allowed_hosts, walled)

// For load balancers and watchers. Without a person behind it, so no more than this is told.
struct HealthView {
    std::string status = "alive";
};
KANSLI_DESCRIBE(HealthView, status)

// `reason`: the part that does not answer: database, index or queue.
struct ReadyView {
    bool ready = false;
    std::optional<std::string> reason{};
};
KANSLI_DESCRIBE(ReadyView, ready, reason)

struct VerificationView {
    std::int64_t entries = 0;
    std::string head{};
    std::int64_t removed = 0;
    std::int64_t checkpoints = 0;
    std::optional<std::int64_t> signed_up_to{};  // the last entry that a checkpoint covers
    std::optional<std::string> signed_at{};
    std::vector<std::string> keys{};
    std::optional<std::int64_t> first_broken{};
    std::string reason{};
};
KANSLI_DESCRIBE(VerificationView, entries, head, removed, checkpoints, signed_up_to, signed_at, keys,
                first_broken, reason)

}  // namespace kansli::api
