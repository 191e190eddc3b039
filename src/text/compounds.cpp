#include "text/compounds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/detail/utf8.hpp"
#include "text/detail/word_list.hpp"

// Splits compounds at their main joint.
//
// Problem: Swedish writes compounds as one word, so somebody who asks for "avgift för bygglov" would not find "bygglovsavgift". Splitting
// at every place where two short words happen to meet ("kon-troll", "av-gift") does more harm than good.
// Method: the word list says which forms may begin a compound, linking letters included ("gatu", "bygglovs", "skol"), and which words
// may end one. The cheapest way through the word is found by dynamic programming over its letters: a part costs 1, and more when it is
// short, a name, or known only from the documents. So the largest parts win: "barnomsorg + taxa" (2 parts) over "barn + omsorg +
// taxa". A word that is in the list as a whole is held to a stricter limit, since it may only look like a compound.
// Of three parts or more, the main joint is the last one, unless the documents know the words on both sides of another
// ("samhällsbyggnads-nämnd"); Swedish compounds mostly grow to the right. The parts may be split again by calling again.
// Cost: O(letters²) look-ups, some 10 µs for a common word; callers keep the splits of words they meet again.
namespace kansli::text {

namespace {

constexpr std::size_t shortest_word = 5;  // letters of a whole word that is looked at
constexpr std::size_t longest_word = 48;
constexpr std::size_t longest_part = 30;
constexpr double impossible = 1e9;

constexpr double of_a_part = 1.0;
constexpr double of_three_letters = 0.4;
constexpr double of_two_letters = 0.4;  // only those in the two lists below
constexpr double of_a_plain_s =
    0.5;  // a linking s that the list does not give; long words nearly always take it
constexpr std::size_t takes_s = 8;      // bytes of such a long word
constexpr double of_no_link = 0.8;      // a listed word that the list does not let begin a compound
constexpr double of_mined = 0.3;        // seen first in listed compounds, but not flagged so
constexpr double of_short_mined = 0.8;  // the same of three letters: "kon", "gem"
constexpr double of_a_name = 1.5;
constexpr double of_a_link = 0.02;        // linking letters: a word that stands as it is comes first
constexpr double of_doubt = 0.06;         // joints that differ by less are equally good
constexpr double of_learned = 1.0;        // known only from the documents
constexpr double of_listed = 1.5;         // listed, but not as the end of a compound
constexpr double of_merged_letter = 0.3;  // "tull" + "lager" written "tullager"
constexpr double of_known_in_documents = -0.05;

constexpr double limit = 3.95;            // three sound parts, or two with some doubt
constexpr double limit_of_listed = 2.85;  // two sound parts, with some doubt
constexpr double limit_of_long_listed = 3.45;
constexpr std::size_t long_word = 14;  // letters of a listed word that hardly can be anything but a compound
constexpr std::uint32_t often = 3;     // sections a word must stand in to be believed

// Prepositions, particles and pronouns: "till-stånd", "av-gift" and "där-efter" are words of their own.
constexpr std::array particles = std::to_array<std::string_view>({
    "all",   "alla",  "an",    "att",   "av",    "be",    "bi",   "bort",  "den",  "det",    "din",
    "där",   "efter", "ej",    "en",    "ens",   "er",    "ett",  "fort",  "fram", "från",   "för",
    "föra",  "före",  "förut", "ge",    "genom", "hur",   "hän",  "här",   "i",    "in",     "inne",
    "inter", "jo",    "kan",   "kul",   "kung",  "kvar",  "med",  "men",   "min",  "miss",   "mot",
    "ned",   "ner",   "nu",    "när",   "om",    "oss",   "på",   "sam",   "samm", "samman", "sin",
    "som",   "så",    "till",  "trans", "undan", "under", "upp",  "uppge", "ut",   "utan",   "vad",
    "var",   "vid",   "ända",  "å",     "åt",    "åter",  "över",
});

// Endings that are also words: "handl-ande", "möjlig-het", "kommun-al".
constexpr std::array suffixes = std::to_array<std::string_view>({
    "ade",    "al",     "amma",  "an",      "and",  "ande",  "anden", "andens", "andes",   "andet",   "ans",
    "ar",     "are",    "aren",  "arna",    "art",  "bar",   "bara",  "bart",   "dom",     "else",    "en",
    "ena",    "ende",   "ens",   "er",      "era",  "eras",  "erna",  "et",     "fas",     "fats",    "fet",
    "het",    "hets",   "ig",    "igt",     "ing",  "ingar", "isk",   "ism",    "ist",     "kap",     "koll",
    "lek",    "len",    "ler",   "lera",    "lig",  "liga",  "ling",  "logisk", "logiska", "logiskt", "men",
    "mer",    "nad",    "ning",  "ologisk", "or",   "orna",  "per",   "port",   "ras",     "res",     "ring",
    "ringar", "ringen", "sam",   "samma",   "samt", "sen",   "set",   "ska",    "skap",    "skt",     "tas",
    "ter",    "tion",   "troll", "tur",     "vis",  "vist",  "våra",  "vårar",  "öras",    "ören",
});

constexpr std::array short_first = std::to_array<std::string_view>({"el", "is", "it", "tv", "va", "äv"});
constexpr std::array short_last = std::to_array<std::string_view>({"kö", "år"});

// Words that only look like compounds, or are so worn that nobody takes them apart; no joint falls inside them.
constexpr std::array whole = std::to_array<std::string_view>({
    "aktivera",   "avgifter",   "beslut",   "besluta",  "bilag",     "byggnation", "domstol",  "ensam",
    "fullgör",    "fullmäktig", "förskol",  "gemensam", "handlägg",  "huvudsak",   "inskränk", "kommission",
    "kontakt",    "kontor",     "kontrakt", "kontroll", "kvartal",   "lagring",    "lärare",   "medborg",
    "myndighet",  "ordförand",  "paragraf", "person",   "program",   "protokoll",  "rapport",  "servering",
    "självständ", "stadig",     "styck",    "särskil",  "transport", "ungdom",     "utsläpp",
});

template <typename List>
bool among(const List& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return !detail::is_continuation(static_cast<std::uint8_t>(c)); }));
}

double cost_of_length(std::size_t letters) {
    return letters <= 2 ? of_two_letters : letters == 3 ? of_three_letters : 0.0;
}

}  // namespace

struct CompoundSplitter::State {
    std::shared_ptr<const detail::WordList> list;
    std::unordered_map<std::string, std::uint32_t> learned{};

    [[nodiscard]] bool is_learned(std::string_view word) const {
        const auto found = learned.find(std::string(word));
        return found != learned.end() && found->second >= often;
    }

    // A part that may stand first, and what it costs to believe so.
    struct Part {
        std::string base{};
        double cost = impossible;
    };
    [[nodiscard]] Part first_part(std::string_view form) const;
    [[nodiscard]] double last_part(std::string_view form) const;

  private:
    [[nodiscard]] Part first_part_of_any_length(std::string_view form) const;
};

CompoundSplitter::State::Part CompoundSplitter::State::first_part(std::string_view form) const {
    const auto letters = letters_in(form);
    if (letters < 2 || letters > longest_part) return {};
    if (letters == 2 && !among(short_first, form)) return {};
    auto part = first_part_of_any_length(form);
    // Asked last, since few forms get here and every form would have to be looked for.
    if (part.cost >= impossible || among(particles, form)) return {};
    part.cost += cost_of_length(letters);
    if (!learned.empty() && is_learned(part.base)) part.cost += of_known_in_documents;
    return part;
}

CompoundSplitter::State::Part CompoundSplitter::State::first_part_of_any_length(std::string_view form) const {
    if (auto listed = list->modifier(form)) {
        const double link = listed->base == form ? 0.0 : of_a_link;
        return {std::move(listed->base),
                of_a_part + link + (listed->name ? of_a_name : 0.0) +
                    (listed->mined ? (form.size() > 3 ? of_mined : of_short_mined) : 0.0)};
    }
    const bool with_s = form.size() > 4 && form.ends_with('s');
    const auto without_s = with_s ? form.substr(0, form.size() - 1) : form;
    if (with_s && list->is_base_form(without_s)) {
        return {std::string(without_s), of_a_part + (without_s.size() >= takes_s ? of_a_link : of_a_plain_s)};
    }
    if (form.size() > 3 && list->is_base_form(form)) return {std::string(form), of_a_part + of_no_link};
    if (learned.empty() || form.size() < 4) return {};
    if (with_s && is_learned(without_s)) return {std::string(without_s), of_a_part + of_learned};
    if (is_learned(form)) return {std::string(form), of_a_part + of_learned};
    return {};
}

double CompoundSplitter::State::last_part(std::string_view form) const {
    const auto letters = letters_in(form);
    if (letters < 2 || letters > longest_part || among(suffixes, form)) return impossible;
    if (letters == 2) return among(short_last, form) ? of_a_part + of_two_letters : impossible;
    const bool in_documents = !learned.empty() && is_learned(form);
    const double bonus = (in_documents ? of_known_in_documents : 0.0) + cost_of_length(letters);
    switch (list->standing(form)) {
        case detail::WordList::Standing::last:
            return of_a_part + bonus;
        case detail::WordList::Standing::listed:
            return of_a_part + of_listed + bonus;
        case detail::WordList::Standing::unknown:
            break;
    }
    return in_documents && letters >= 4 ? of_a_part + of_learned + bonus : impossible;
}

namespace {

// The cheapest way through a word. `State` is the splitter's; places are byte offsets at letters.
template <typename State>
class Path {
  public:
    Path(const State& state, std::string_view word) : state_(state), word_(word), steps_(word.size() + 1) {
        for (const auto beginning : whole) {
            if (word.starts_with(beginning)) first_joint_ = std::max(first_joint_, beginning.size());
        }
    }

    struct Joint {
        std::size_t left_start = 0;  // of the part before the joint
        std::size_t left_end = 0;
        std::size_t right_start = 0;  // left_end, or one letter before it when a third letter was dropped
    };

    // Joints from the last to the first; empty when nothing under `most` leads through.
    std::vector<Joint> find(double most) {
        steps_[0].cost = 0;
        for (std::size_t at = 0; at < word_.size(); ++at) {
            if (steps_[at].cost < most) extend(at);
        }
        std::vector<Joint> joints;
        for (auto at = last_joint(most); at != 0; at = steps_[at].joint.left_start)
            joints.push_back(steps_[at].joint);
        return joints;
    }

  private:
    struct Step {
        double cost = impossible;
        Joint joint{};
    };

    // Of the joints that cost about as little as the best, the last: "strandskydds-område", not "strand-skyddsområde". Where two
    // differ by one letter only, the cheaper: "grund-skola", not "grunds-kola". 0 when every way costs too much.
    [[nodiscard]] std::size_t last_joint(double most) const {
        std::vector<double> costs(word_.size(), impossible);
        double best = impossible;
        for (std::size_t at = 1; at < word_.size(); ++at) {
            if (steps_[at].cost >= most) continue;
            costs[at] = steps_[at].cost + state_.last_part(word_.substr(at));
            best = std::min(best, costs[at]);
        }
        if (best >= most) return 0;
        for (auto at = word_.size() - 1; at > 0; --at) {
            if (costs[at] <= best + of_doubt && costs[at] <= costs[at - 1]) return at;
        }
        return 0;
    }

    void extend(std::size_t start) {
        if (detail::is_continuation(detail::byte_at(word_, start))) return;
        for (std::size_t end = std::max(start + 2, first_joint_); end < word_.size(); ++end) {
            if (detail::is_continuation(detail::byte_at(word_, end))) continue;
            const auto part = state_.first_part(word_.substr(start, end - start));
            if (part.cost >= impossible) continue;
            offer(end, steps_[start].cost + part.cost, {start, end, end});
            if (doubled(end))
                offer(end - 1, steps_[start].cost + part.cost + of_merged_letter, {start, end, end - 1});
        }
    }

    void offer(std::size_t at, double cost, Joint joint) {
        if (at > joint.left_start && cost <= steps_[at].cost) steps_[at] = {cost, joint};
    }

    [[nodiscard]] bool doubled(std::size_t end) const {
        constexpr std::string_view consonants = "bdfgklmnprst";
        return end >= 3 && word_[end - 1] == word_[end - 2] &&
               consonants.find(word_[end - 1]) != std::string_view::npos;
    }

    const State& state_;
    std::string_view word_;
    std::vector<Step> steps_;
    std::size_t first_joint_ = 0;  // no joint before it
};

bool only_letters(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        const auto character = detail::character_at(word, at);
        if (!detail::is_letter(character.code)) return false;
        at += character.length;
    }
    return true;
}

}  // namespace

CompoundSplitter::CompoundSplitter(std::unique_ptr<State> state) : state_(std::move(state)) {
}
CompoundSplitter::~CompoundSplitter() = default;
CompoundSplitter::CompoundSplitter(CompoundSplitter&&) noexcept = default;
CompoundSplitter& CompoundSplitter::operator=(CompoundSplitter&&) noexcept = default;

Result<CompoundSplitter> CompoundSplitter::create(const std::filesystem::path& word_list) {
    auto list = std::make_shared<const detail::WordList>(TRY(detail::WordList::load(word_list)));
    return CompoundSplitter(std::make_unique<State>(State{std::move(list)}));
}

CompoundSplitter CompoundSplitter::unlearned() const {
    return CompoundSplitter(std::make_unique<State>(State{state_->list}));
}

void CompoundSplitter::learn(std::string_view folded, std::uint64_t frequency) {
    if (folded.size() > 2 * longest_word || !only_letters(folded)) return;
    auto& known = state_->learned[std::string(folded)];
    known = static_cast<std::uint32_t>(std::min<std::uint64_t>(known + frequency, UINT32_MAX));
}

std::vector<std::string> CompoundSplitter::split(std::string_view folded) const {
    const auto letters = letters_in(folded);
    if (letters < shortest_word || letters > longest_word || !only_letters(folded)) return {};
    const bool listed = state_->list->knows(folded);
    Path path(*state_, folded);
    const auto joints = path.find(!listed               ? limit
                                  : letters < long_word ? limit_of_listed
                                                        : limit_of_long_listed);
    if (joints.empty()) return {};
    const auto words_of = [&](const auto& joint) {
        const auto last = folded.substr(joint.left_start, joint.left_end - joint.left_start);
        return std::pair{std::string(folded.substr(0, joint.left_start)) + state_->first_part(last).base,
                         std::string(folded.substr(joint.right_start))};
    };
    auto best = words_of(joints.front());
    for (std::size_t at = 1; at < joints.size() && !state_->is_learned(best.first); ++at) {
        auto other = words_of(joints[at]);
        if (state_->is_learned(other.first) && state_->is_learned(other.second)) best = std::move(other);
    }
    return {std::move(best.first), std::move(best.second)};
}

bool CompoundSplitter::knows(std::string_view folded) const {
    return state_->list->knows(folded);
}

}  // namespace kansli::text
