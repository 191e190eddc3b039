#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <libstemmer.h>

#include "core/check.hpp"
#include "text/detail/irregular_forms.hpp"
#include "text/language.hpp"

namespace kansli::text {

namespace {

// Snowball's Swedish stemmer (2.2) does not know the definite forms in -et ("beslutet") and -an ("skolan"), takes the -ad of
// "kostnad" but not of "kostnaden", and the -s of "plats" but not of "platsen". In governing documents these are among the commonest
// words, so they are put right here: definite endings come off before it, and what it leaves uneven is evened after it.
constexpr std::array whole_in_et = std::to_array<std::string_view>({
    "abet",   "asket", "atlet",  "budget", "ekret", "het",     "iet",    "internet",
    "itet",   "komet", "magnet", "manet",  "paket", "parket",  "planet", "poet",
    "profet", "raket", "smet",   "staket", "tapet", "trumpet", "ultet",
});
constexpr std::array whole_in_an = std::to_array<std::string_view>({
    "altan",
    "dekan",
    "gran",
    "kran",
    "lakan",
    "man",
    "membran",
    "ocean",
    "organ",
    "orkan",
    "plan",
    "svan",
    "veteran",
    "vulkan",
});

// Words in -andet that are no "yttrandet": a land, a band.
constexpr std::array land_or_band = std::to_array<std::string_view>({
    "bandet",
    "fastlandet",
    "hemlandet",
    "inlandet",
    "utlandet",
});

template <typename List>
bool ends_with_any(std::string_view word, const List& endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

bool has_vowel(std::string_view word) {
    return word.find_first_of("aeiouy\xC3") != std::string_view::npos;
}

std::string_view without_definite_ending(std::string_view word) {
    const auto base = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
    if (base.size() < 5) return word;
    const auto rest = base.substr(0, base.size() - 2);
    // "yttrandet" and "yttrandena" are "yttrande", from which the stemmer takes the rest.
    if (base.ends_with("andena") || base.ends_with("endena")) return rest;
    if ((base.ends_with("andet") || base.ends_with("endet")) && !ends_with_any(base, land_or_band))
        return base.substr(0, base.size() - 1);
    const bool neuter = base.ends_with("et") && !ends_with_any(base, whole_in_et);
    const bool common = base.ends_with("an") && !ends_with_any(base, whole_in_an);
    return (neuter || common) && has_vowel(rest) ? rest : word;
}

void even_out(std::string& stem) {
    constexpr std::string_view before_s =
        "bcdfghjklmnoprtvy";  // letters after which Snowball takes a final s
    if (stem.size() > 5 && stem.ends_with("nad")) stem.resize(stem.size() - 2);
    if (stem.size() > 3 && stem.ends_with('s') &&
        before_s.find(stem[stem.size() - 2]) != std::string_view::npos)
        stem.pop_back();
    if (stem.size() > 3 && stem.ends_with("mm")) stem.pop_back();
}

// The base form of an irregular inflection; the word itself when it is none.
std::string_view base_form(std::string_view word) {
    static const auto bases = [] {
        std::unordered_map<std::string_view, std::string_view> made;
        for (auto line : detail::irregular_forms) {
            const auto base = line.substr(0, line.find(' '));
            for (auto at = line.find(' '); at != std::string_view::npos; at = line.find(' ')) {
                line.remove_prefix(at + 1);
                made.emplace(line.substr(0, line.find(' ')), base);
            }
        }
        return made;
    }();
    const auto found = bases.find(word);
    return found == bases.end() ? word : found->second;
}

// A Snowball stemmer is not safe to share, and making one costs more than a stem: each thread keeps its own,
// together with the stems it found lately. One slot a hash value: a collision costs a stem, never a wrong
// answer.
class Stemmer {
  public:
    Stemmer() : handle_(sb_stemmer_new("swedish", "UTF_8"), &sb_stemmer_delete), slots_(slot_count) {
        CHECK_INVARIANT(handle_ != nullptr);
    }

    std::string stem(std::string_view word) {
        auto& slot = slots_[std::hash<std::string_view>{}(word) % slot_count];
        if (slot.word != word) {
            slot.word.assign(word);
            slot.stem = compute(word);
        }
        return slot.stem;
    }

  private:
    static constexpr std::size_t slot_count = 4096;
    struct Slot {
        std::string word{};
        std::string stem{};
    };

    std::string compute(std::string_view written) {
        const auto word = without_definite_ending(base_form(written));
        const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
        const auto* stemmed = sb_stemmer_stem(handle_.get(), bytes, static_cast<int>(word.size()));
        CHECK_INVARIANT(stemmed != nullptr);
        std::string stem(reinterpret_cast<const char*>(stemmed),
                         static_cast<std::size_t>(sb_stemmer_length(handle_.get())));
        even_out(stem);
        return stem;
    }

    std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> handle_;
    std::vector<Slot> slots_;
};

// Words that say nothing of what a text is about: Snowball's Swedish list, with the words that questions are
// made of. Sorted by bytes; a test holds it to that.
constexpr std::array stop_words = std::to_array<std::string_view>({
    "alla",   "allt",   "alltså",   "att",      "av",     "bara",   "blev",    "bli",        "blir",
    "blivit", "borde",  "bör",      "de",       "dem",    "den",    "denna",   "denne",      "deras",
    "dess",   "dessa",  "det",      "detsamma", "detta",  "dig",    "din",     "dina",       "ditt",
    "dock",   "du",     "där",      "därför",   "då",     "eder",   "efter",   "eftersom",   "ej",
    "eller",  "en",     "enligt",   "ens",      "er",     "era",    "ert",     "ett",        "fick",
    "finns",  "från",   "få",       "får",      "för",    "gälla",  "gäller",  "går",        "gör",
    "göra",   "ha",     "hade",     "han",      "hans",   "har",    "hej",     "henne",      "hennes",
    "hon",    "honom",  "hos",      "hur",      "här",    "i",      "icke",    "ingen",      "inom",
    "inte",   "ja",     "jag",      "jo",       "ju",     "kan",    "kunde",   "man",        "med",
    "medan",  "mellan", "men",      "mig",      "min",    "mina",   "mitt",    "mot",        "mycket",
    "måste",  "n",      "nej",      "ni",       "nu",     "när",    "någon",   "någonstans", "någonting",
    "något",  "några",  "och",      "också",    "om",     "oss",    "på",      "redan",      "s",
    "samma",  "samt",   "sedan",    "sig",      "sin",    "sina",   "sitt",    "själv",      "ska",
    "skall",  "skulle", "snälla",   "som",      "så",     "sådan",  "sådana",  "sådant",     "sådär",
    "t",      "tack",   "till",     "under",    "upp",    "ut",     "utan",    "vad",        "var",
    "vara",   "varför", "varifrån", "varit",    "varje",  "vars",   "vart",    "vem",        "vems",
    "vi",     "via",    "vid",      "vilka",    "vilkas", "vilken", "vilkens", "vilket",     "vill",
    "vore",   "vår",    "våra",     "vårt",     "än",     "ännu",   "är",      "även",       "åt",
    "över",
});

// No Swedish word is longer; what is, is not a word (a hash, a line of an image in text), and is left as it
// is.
constexpr std::size_t longest_stemmed = 128;

}  // namespace

std::string stem(std::string_view folded) {
    if (folded.size() > longest_stemmed || folded.empty()) return std::string(folded);
    thread_local Stemmer stemmer;
    return stemmer.stem(folded);
}

bool is_stop_word(std::string_view folded) {
    return std::ranges::binary_search(stop_words, folded);
}

}  // namespace kansli::text
