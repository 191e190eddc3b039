#include "assistants/related.hpp"

#include <algorithm>
#include <utility>

#include "text/language.hpp"

namespace kansli::assistants {

namespace {

constexpr std::size_t most_related = 6;
constexpr std::size_t most_quoted = 2;
constexpr std::size_t longest_quote = 900;  // bytes
constexpr int looked_at = 10;               // hits, to find a statute among
// "Lov krävs i de fall som avses i 5 §": a sentence of no more words says little but where to read.
constexpr std::size_t says_little_up_to = 16;

constexpr std::string_view has_exemption = "har undantag i";

// Told of the quoted rule, before the name of the related one.
std::string_view in_swedish(text::Tie tie) {
    switch (tie) {
        case text::Tie::mentions:
        case text::Tie::applies:
            return "hänvisar till";
        case text::Tie::yields:
            return "gäller om inte annat följer av";
        case text::Tie::adds:
            return "gäller utöver";
        case text::Tie::exempts:
            return "gäller trots";
    }
    return {};
}

// "3 §" in "9 kap. 2 §" is "9 kap. 3 §".
text::Reference made_absolute(text::Reference place, std::string_view path) {
    if (!place.statute.empty() || !place.chapter.empty()) return place;
    const auto own = text::references(path);
    if (!own.empty() && own.front().start == 0) place.chapter = own.front().chapter;
    return place;
}

// The first sentence, with the items that it leads in to as far as a quote may reach.
Span opening_of(std::string_view text, std::size_t body) {
    const auto passages = passages_of(text, body);
    if (passages.empty()) return {};
    Span span = passages.front().span;
    for (std::size_t at = 1; at < passages.size() && passages[at].lead; ++at) {
        if (passages[at].span.end - span.start > longest_quote) break;
        span.end = passages[at].span.end;
    }
    return span;
}

bool is_quoted(std::span<const Citation> cited, const documents::VersionId& version, std::string_view path) {
    return std::ranges::any_of(cited, [&](const Citation& citation) {
        return citation.version == version && citation.path == path;
    });
}

}  // namespace

std::vector<NeededPlace> needed_places(std::string_view text, Span span, std::string_view path) {
    const auto words = text::words(text.substr(span.start, span.end - span.start)).size();
    std::vector<NeededPlace> needed;
    for (const auto& reference : text::references(text)) {
        if (reference.start < span.start || reference.end > span.end) continue;
        if (reference.tie == text::Tie::mentions || reference.section.empty()) continue;
        const bool says_little = reference.tie == text::Tie::applies && words <= says_little_up_to;
        needed.push_back(
            {made_absolute(reference, path), reference.tie == text::Tie::exempts || says_little});
    }
    return needed;
}

bool exempts_from(std::string_view text, std::optional<std::string_view> own_path, std::string_view other,
                  std::string_view number) {
    return std::ranges::any_of(text::references(text), [&](const text::Reference& reference) {
        if (reference.tie != text::Tie::exempts || reference.section.empty()) return false;
        if (reference.statute.empty() ? !own_path.has_value() : reference.statute != number) return false;
        return text::path_of(made_absolute(reference, own_path.value_or(std::string_view{}))) == other;
    });
}

Result<void> RelatedRules::add_needed(const FoundSection& quoted, Span span,
                                      std::span<const Citation> cited) {
    for (const auto& needed : needed_places(quoted.text, span, quoted.hit->path)) {
        if (related_.size() >= most_related) break;
        const auto rule = TRY(find(*quoted.hit, needed.place));
        if (!rule) continue;
        const search::Hit& hit = rule->hit;
        const std::string& path = rule->section.section.path;
        if (hit.version == quoted.hit->version && path == quoted.hit->path) continue;
        const bool added = add({hit.document, hit.version, hit.title, path, rule->section.section.ordinal,
                                std::string(in_swedish(needed.place.tie))});
        if (!added || !needed.quoted || citations_.size() >= most_quoted) continue;
        if (is_quoted(cited, hit.version, path)) continue;
        auto citation = TRY(cite(*rule));
        if (!citation.quote.empty()) citations_.push_back(std::move(citation));
    }
    return {};
}

void RelatedRules::add_exemptions(const FoundSection& quoted, std::span<const FoundSection> found,
                                  std::span<const Citation> cited) {
    for (const auto& other : found) {
        const bool same_statute = other.hit->version == quoted.hit->version;
        if (!same_statute && quoted.hit->reference.empty()) continue;
        if (is_quoted(cited, other.hit->version, other.hit->path)) continue;
        const auto number = std::string_view(quoted.hit->reference);
        if (!exempts_from(other.text,
                          same_statute ? std::optional(std::string_view(other.hit->path)) : std::nullopt,
                          quoted.hit->path, number))
            continue;
        add({other.hit->document, other.hit->version, other.hit->title, other.hit->path, other.hit->section,
             std::string(has_exemption)});
    }
}

bool RelatedRules::add(Related related) {
    const bool there = std::ranges::any_of(related_, [&](const Related& other) {
        return other.version == related.version && other.section == related.section;
    });
    if (there || related_.size() >= most_related) return false;
    related_.push_back(std::move(related));
    return true;
}

// The document that a place is to be looked for in: the quoted one itself, or the statute that is named, as it was on the day.
Result<std::optional<search::Hit>> RelatedRules::statute_of(const search::Hit& from,
                                                            const text::Reference& place) {
    if (place.statute.empty() || place.statute == from.reference) return from;
    search::Query query;
    query.words = text::path_of(place) + " " + place.statute;
    query.collections = question_.collections;
    query.as_of = question_.as_of;
    query.include_not_in_force = false;
    query.limit = looked_at;
    auto results = TRY(searcher_.search(caller_, query));
    const auto found = std::ranges::find_if(results.hits, [&](const search::Hit& hit) {
        return hit.reference == place.statute && hit.validity == documents::Validity::applies;
    });
    if (found == results.hits.end()) return std::nullopt;
    hits_.push_back(*found);
    return std::move(*found);
}

Result<std::optional<RelatedRules::Rule>> RelatedRules::find(const search::Hit& from,
                                                             const text::Reference& place) {
    auto statute = TRY(statute_of(from, place));
    if (!statute) return std::nullopt;
    auto section = sources_.section_called(caller_, statute->version, text::path_of(place));
    // There is no such place, or the document was withdrawn meanwhile.
    if (!section && section.error().code == ErrorCode::not_found) return std::nullopt;
    auto text = TRY(std::move(section));
    if (text.section.role != documents::SectionRole::text) return std::nullopt;
    return Rule{*std::move(statute), std::move(text)};
}

Result<Citation> RelatedRules::cite(const Rule& rule) {
    const search::Hit& hit = rule.hit;
    const documents::Section& section = rule.section.section;
    const std::string& text = rule.section.text;
    const Span span = opening_of(text, section.body - section.start);
    Citation citation;
    citation.quote = text.substr(span.start, span.end - span.start);
    citation.sentence = on_one_line(citation.quote);
    citation.document = hit.document;
    citation.version = hit.version;
    citation.title = hit.title;
    citation.reference = hit.reference;
    citation.path = section.path;
    citation.start = section.start + span.start;
    citation.end = section.start + span.end;
    citation.page = TRY(sources_.page(caller_, citation.version, citation.start, citation.end));
    return citation;
}

}  // namespace kansli::assistants
