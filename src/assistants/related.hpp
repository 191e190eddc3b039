#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "assistants/answer.hpp"
#include "assistants/passage.hpp"
#include "assistants/sources.hpp"
#include "core/result.hpp"
#include "search/searcher.hpp"
#include "text/references.hpp"

// The rules that belong to a quoted one: what it makes an exemption from or is read together with, and what makes an exemption from it.
namespace kansli::assistants {

// A section that the search found, and its text.
struct FoundSection {
    const search::Hit* hit = nullptr;
    std::string_view text{};
};

// A place that a text needs to be understood.
struct NeededPlace {
    text::Reference place{};
    bool quoted = false;  // the text says too little without the first words of it
};

// What bytes `span` of a section's text need. A bare "3 §" is in the chapter of `path`, the section's own place. Pure.
[[nodiscard]] std::vector<NeededPlace> needed_places(std::string_view text, Span span, std::string_view path);

// Whether a section makes an exemption from the place `other` of the statute `number`. `own_path` is the section's own place when it
// stands in that statute: else a bare "3 §" in it is none of that statute's. Pure.
[[nodiscard]] bool exempts_from(std::string_view text, std::optional<std::string_view> own_path,
                                std::string_view other, std::string_view number);

// Collects what belongs to the quotes of one answer. Only what the caller may read and what applies on the day of the question is found.
class RelatedRules {
  public:
    // All outlive it.
    RelatedRules(search::Searcher& searcher, Sources& sources, const access::Caller& caller,
                 const Question& question)
        : searcher_(searcher), sources_(sources), caller_(caller), question_(question) {}

    // What the sentence at `span` of a quoted section needs; `cited` is what the answer quotes already.
    [[nodiscard]] Result<void> add_needed(const FoundSection& quoted, Span span,
                                          std::span<const Citation> cited);
    // Which of the found sections make an exemption from a quoted one, but for those that are quoted themselves.
    void add_exemptions(const FoundSection& quoted, std::span<const FoundSection> found,
                        std::span<const Citation> cited);

    [[nodiscard]] const std::vector<Related>& related() const { return related_; }
    // To be quoted after the others.
    [[nodiscard]] const std::vector<Citation>& citations() const { return citations_; }
    // How the statutes were found that the question's own search did not give.
    [[nodiscard]] const std::vector<search::Hit>& hits() const { return hits_; }

  private:
    struct Rule {
        search::Hit hit{};  // of its document; where it stands is told by the section
        documents::Library::SectionText section{};
    };

    [[nodiscard]] Result<std::optional<Rule>> find(const search::Hit& from, const text::Reference& place);
    [[nodiscard]] Result<std::optional<search::Hit>> statute_of(const search::Hit& from,
                                                                const text::Reference& place);
    [[nodiscard]] Result<Citation> cite(const Rule& rule);
    bool add(Related related);

    search::Searcher& searcher_;
    Sources& sources_;
    const access::Caller& caller_;
    const Question& question_;
    std::vector<Related> related_{};
    std::vector<Citation> citations_{};
    std::vector<search::Hit> hits_{};
};

}  // namespace kansli::assistants
