#include "documents/document.hpp"

#include <array>
#include <utility>

#include "text/language.hpp"

namespace kansli::documents {

namespace {

struct KindName {
    std::string_view name;
    DocumentKind kind;
};

// The first name of each kind is the one that is written; all are read.
constexpr std::array kind_names{
    KindName{"statute", DocumentKind::statute},
    KindName{"lag", DocumentKind::statute},
    KindName{"förordning", DocumentKind::statute},
    KindName{"författning", DocumentKind::statute},
    KindName{"policy", DocumentKind::policy},
    KindName{"guideline", DocumentKind::guideline},
    KindName{"riktlinje", DocumentKind::guideline},
    KindName{"riktlinjer", DocumentKind::guideline},
    KindName{"rutin", DocumentKind::guideline},
    KindName{"anvisning", DocumentKind::guideline},
    KindName{"plan", DocumentKind::plan},
    KindName{"program", DocumentKind::plan},
    KindName{"strategi", DocumentKind::plan},
    KindName{"fee_schedule", DocumentKind::fee_schedule},
    KindName{"taxa", DocumentKind::fee_schedule},
    KindName{"avgifter", DocumentKind::fee_schedule},
    KindName{"prislista", DocumentKind::fee_schedule},
    KindName{"decision", DocumentKind::decision},
    KindName{"beslut", DocumentKind::decision},
    KindName{"minutes", DocumentKind::minutes},
    KindName{"protokoll", DocumentKind::minutes},
    KindName{"form", DocumentKind::form},
    KindName{"blankett", DocumentKind::form},
    KindName{"faq", DocumentKind::faq},
    KindName{"frågor och svar", DocumentKind::faq},
    KindName{"web_page", DocumentKind::web_page},
    KindName{"webbsida", DocumentKind::web_page},
    KindName{"letter", DocumentKind::letter},
    KindName{"brev", DocumentKind::letter},
    KindName{"e-post", DocumentKind::letter},
    KindName{"other", DocumentKind::other},
    KindName{"annat", DocumentKind::other},
    KindName{"övrigt", DocumentKind::other},
};

}  // namespace

std::string_view to_string(DocumentKind kind) {
    for (const KindName& entry : kind_names) {
        if (entry.kind == kind) return entry.name;
    }
    return "other";
}

std::optional<DocumentKind> parse_document_kind(std::string_view text) {
    const std::string folded = text::fold(text);
    for (const KindName& entry : kind_names) {
        if (entry.name == folded) return entry.kind;
    }
    return std::nullopt;
}

Validity validity_on(Date day, const Attributes& attributes) {
    if (attributes.valid_from && day < *attributes.valid_from) return Validity::not_yet;
    const bool over = attributes.valid_to && *attributes.valid_to < day;
    if (attributes.replaced_by && (over || !attributes.valid_to)) return Validity::replaced;
    return over ? Validity::expired : Validity::applies;
}

}  // namespace kansli::documents
