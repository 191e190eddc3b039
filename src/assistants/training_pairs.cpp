#include "assistants/training_pairs.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "core/ascii.hpp"
#include "core/hash.hpp"
#include "text/known_questions.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

namespace kansli::assistants {

namespace {

// Bytes. A long section says in the beginning what it is about; of a short one ("Upphävd.") nothing is learned.
constexpr std::size_t shortest_section = 30;
constexpr std::size_t of_section = 600;
constexpr std::size_t of_half = 500;
constexpr std::size_t of_reworded = 300;

constexpr int rewordings_of_section = 2;
constexpr int times_of_question = 3;  // once of them with the headings

std::string beginning_of(std::string_view text, std::size_t size) {
    size = std::min(size, text.size());
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return std::string(text.substr(0, size));
}

// Not "4 §" or "9 kap. 4 §", which are the same in every statute.
bool says_something(std::string_view heading) {
    return std::ranges::any_of(text::words(heading), [](const text::Token& token) {
        return token.folded != "§" && token.folded != "kap" && !has_ascii_digit(token.folded);
    });
}

std::string headings_of(const documents::Section& section) {
    std::string headings;
    for (const auto& heading : section.trail) {
        if (says_something(heading)) headings += (headings.empty() ? "" : " / ") + heading;
    }
    return headings;
}

bool is_open_to_all(const documents::Protection& protection) {
    return protection.reach == documents::Reach::everyone && protection.secrecy.empty() &&
           protection.information_class == access::InformationClass::open;
}

// Current and open to all, by what the documents say of themselves: an id or a row number is another in every data folder.
std::vector<const documents::CatalogueEntry*> documents_to_learn(const documents::Catalogue& catalogue) {
    std::vector<const documents::CatalogueEntry*> entries;
    for (const auto& entry : catalogue.entries) {
        if (entry.current && is_open_to_all(catalogue.protection_of(entry))) entries.push_back(&entry);
    }
    std::ranges::sort(entries, {}, [](const documents::CatalogueEntry* entry) {
        return std::tie(entry->attributes.reference, entry->attributes.title, entry->file_name,
                        entry->collection);
    });
    return entries;
}

class PairMaker {
  public:
    explicit PairMaker(const TrainingPairOptions& options) : options_(options), lots_(options.seed) {}

    Result<void> add_document(search::Material& material, const documents::CatalogueEntry& entry) {
        const auto& attributes = entry.attributes;
        const auto group = next_group_++;
        ++made_.documents;
        if (!attributes.reference.empty()) statutes_.insert(attributes.reference);
        return material.each_section(
            entry.version, [&](const documents::Section& section, std::string_view text) -> Result<void> {
                const auto body = text.substr(std::min(section.body - section.start, text.size()));
                if (section.role != documents::SectionRole::text) return {};
                const LearnedSection learned{headings_of(section), beginning_of(body, of_section), group};
                if (!attributes.reference.empty())
                    sections_[{attributes.reference, section.path}].push_back(learned);
                if (body.size() >= shortest_section) add_section(attributes.title, learned, body);
                return {};
            });
    }

    void add_questions(std::span<const text::KnownQuestion> questions) {
        const auto of_terms = next_group_++;
        for (const auto& question : questions) {
            if (is_left_out(question.question, options_.leave_out)) continue;
            ++made_.questions;
            std::string terms;
            for (const auto& term : question.terms)
                terms += (terms.empty() ? "" : "; ") + term;
            add(question.question, terms, of_terms);
            const auto said_otherwise = reworded(question.question);
            for (const auto& paragraph : question.paragraphs)
                add_answers(question.question, said_otherwise, paragraph);
        }
    }

    void add_lexicon(std::span<const text::LexiconFile> files) {
        for (const auto& file : files) {
            const auto group = next_group_++;
            for (const auto& entry : file.entries) {
                for (const auto& expression : entry.expressions) {
                    for (const auto& term : entry.terms)
                        add(expression, term, group);
                }
            }
        }
    }

    TrainingPairs take() { return std::move(made_); }

  private:
    struct LearnedSection {
        std::string headings{};
        std::string body{};  // its beginning
        std::uint32_t group = 0;
    };

    void add(std::string first, std::string second, std::uint32_t group) {
        if (!first.empty() && !second.empty())
            made_.pairs.push_back({std::move(first), std::move(second), group});
    }

    void add_section(const std::string& title, const LearnedSection& section, std::string_view body) {
        add(section.headings, section.body, section.group);
        if (tossed()) add(title + " " + section.headings, section.body, section.group);
        std::string odd;
        std::string even;
        const auto sentences = text::sentences(body);
        for (std::size_t at = 0; at < sentences.size(); ++at) {
            auto& half = at % 2 == 0 ? odd : even;
            half.append(body.substr(sentences[at].start, sentences[at].end - sentences[at].start))
                .append(" ");
        }
        add(beginning_of(odd, of_half), beginning_of(even, of_half), section.group);
        const auto first_words = beginning_of(section.body, of_reworded);
        for (int time = 0; time < rewordings_of_section; ++time)
            add(reworded(first_words), section.body, section.group);
    }

    void add_answers(const std::string& question, const std::string& said_otherwise,
                     const text::KnownQuestion::Paragraph& paragraph) {
        const auto found = sections_.find({paragraph.statute, paragraph.path});
        if (found == sections_.end()) {
            if (statutes_.contains(paragraph.statute))
                made_.unknown_paragraphs.push_back(paragraph.statute + " " + paragraph.path);
            return;
        }
        for (const auto& section : found->second) {
            for (int time = 0; time < times_of_question; ++time)
                add(question, (time == 1 ? section.headings + " " : "") + section.body, section.group);
            add(said_otherwise, section.body, section.group);
        }
    }

    // The text with about half of the expressions that the lexicon knows in it said another way; empty when there are none.
    std::string reworded(std::string_view text) {
        const auto tokens = text::words(text);
        std::map<std::size_t, std::string> said;
        std::set<std::size_t> dropped;
        for (const auto& meaning : lexicon_.meanings(tokens, options_.day)) {
            if (meaning.of_part || meaning.wordings.empty() || tossed()) continue;
            said[meaning.tokens.front()] = meaning.wordings[lots_() % meaning.wordings.size()].shown;
            dropped.insert(meaning.tokens.begin() + 1, meaning.tokens.end());
        }
        if (said.empty()) return {};
        std::string made;
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            const auto other = said.find(at);
            if (!dropped.contains(at))
                made += (other == said.end() ? tokens[at].folded : other->second) + ' ';
        }
        return made;
    }

    // A coin that falls the same way for the same seed with every standard library.
    bool tossed() { return lots_() % 2 == 1; }

    const TrainingPairOptions& options_;
    std::mt19937_64 lots_;
    const text::Lexicon& lexicon_ = text::Lexicon::shipped();
    std::map<std::pair<std::string, std::string>, std::vector<LearnedSection>>
        sections_{};  // by statute and path
    std::set<std::string> statutes_{};
    std::uint32_t next_group_ = 0;
    TrainingPairs made_{};
};

}  // namespace

bool is_left_out(std::string_view question, double share) {
    constexpr std::size_t digits = 8;
    const auto number = std::stoul(sha256(question).substr(0, digits), nullptr, 16);
    return static_cast<double>(number) < share * 4294967296.0;  // 2^32
}

Result<TrainingPairs> training_pairs(search::Material& material, const TrainingPairOptions& options) {
    const auto catalogue = TRY(material.catalogue());
    PairMaker maker(options);
    for (const auto* entry : documents_to_learn(*catalogue))
        TRY(maker.add_document(material, *entry));
    maker.add_questions(text::known_questions());
    maker.add_lexicon(text::shipped_lexicon());
    return maker.take();
}

}  // namespace kansli::assistants
