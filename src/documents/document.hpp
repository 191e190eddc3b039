#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "extract/extract.hpp"

// What a municipality steers by: documents, their versions, and the places in them that an answer can point at.
namespace kansli::documents {

using DocumentId = Id<struct DocumentTag>;
using VersionId = Id<struct VersionTag>;

enum class DocumentKind : std::uint8_t {
    statute,
    policy,
    guideline,
    plan,
    fee_schedule,
    decision,
    minutes,
    form,
    faq,
    web_page,
    letter,
    other,
};

using kansli::to_string;  // not hidden by the one below

// "fee_schedule". The same words stand in front matter, on the command line and in JSON.
[[nodiscard]] std::string_view to_string(DocumentKind kind);
// Takes also the Swedish words: "taxa", "riktlinje".
[[nodiscard]] std::optional<DocumentKind> parse_document_kind(std::string_view text);

// Stands for a provision of the Public Access and Secrecy Act (2009:400) where somebody says only that there is one.
inline constexpr std::string_view unnamed_secrecy = "OSL";

// What is known about a document besides its text. Set from front matter, the file's own properties, a sidecar .toml
// or a form, the later overriding the earlier.
struct Attributes {
    std::string title{};
    DocumentKind kind = DocumentKind::other;
    std::string owner{};   // nämnd or department
    std::string source{};  // where it came from: an address, a path, a system
    std::string
        reference{};  // its official number: "2010:900" for a statute, "KS 2026/14" for a case; may be empty
    access::InformationClass information_class = access::InformationClass::open;
    access::AccessList access{};       // whom it is limited to; see access::ReadRule
    std::string secrecy{};             // the provision that makes it secret: "OSL 26 kap. 1 §"; empty: none
    std::optional<Date> valid_from{};  // first day it applies; none: always
    std::optional<Date> valid_to{};    // last day it applies; none: until further notice
    std::optional<DocumentId> replaced_by{};

    friend bool operator==(const Attributes&, const Attributes&) = default;
};

// How a document stands on a given day.
enum class Validity : std::uint8_t { applies, not_yet, expired, replaced };

[[nodiscard]] Validity validity_on(Date day, const Attributes& attributes);

// What a section is good for. Only text can be the ground of an answer.
enum class SectionRole : std::uint8_t {
    text,
    repealed,  // says only that it no longer applies
    contents,  // a list of contents: every heading's words and nothing of what they say
};

// One section of a version's tree: a paragraph of a statute, a numbered chapter, a sheet's row.
struct Section {
    int ordinal = 0;                   // position in the version, from 0
    int parent = -1;                   // ordinal of the section around it, -1 at the top
    int level = 0;                     // 0 for the document itself, 1 below it, …
    std::string path{};                // "9 kap. 4 §", "3.2 Avgifter", "Avgifter 2026, rad 12"
    std::string heading{};             // the heading line itself; may be empty
    std::vector<std::string> trail{};  // headings from the outermost inwards, this one's last
    std::size_t start = 0;             // bytes of the version's text: from the section's heading …
    std::size_t body = 0;              // … where its own text begins …
    std::size_t end = 0;               // … to where its own text ends (subsections are sections of their own)
    SectionRole role = SectionRole::text;

    friend bool operator==(const Section&, const Section&) = default;
};

// What a file says of its own place among versions and other documents; the library makes identities of it.
struct Stated {
    std::string id{};                    // "id" or "pid": its name in the system it came from
    std::string replaced_by{};           // reference, id or title of what replaced it
    std::optional<Date> wording_from{};  // the day whose wording this is: consolidation or snapshot date
    bool superseded = false;             // it says itself that it is repealed or an earlier wording

    friend bool operator==(const Stated&, const Stated&) = default;
};

// A document as read: normalised text with the tree over it. `text` is UTF-8, one block a line, blank line between blocks;
// every offset in the house is a byte offset into it. Invariant: sections are ordered by start, and each lies in `text`.
struct ReadDocument {
    std::string format{};
    Attributes attributes{};  // what the file itself says
    Stated stated{};
    std::string text{};
    std::vector<Section> sections{};       // the first is the document as a whole
    std::vector<extract::Place> places{};  // printed lines, offsets into `text`, ordered
    std::vector<std::string> warnings{};
    int pages = 0;
    double page_width = 0;
    double page_height = 0;
};

}  // namespace kansli::documents
