// How many generated sentences are stopped that do not hold by their quotes, and how many are lost that do.
//
//     build/bench/bench/quality/grounding_bench bench/quality/grounding/pairs.jsonl [--errors | --measures] [SHARED-CORPORA]
//
// bench/quality/grounding/README.md tells the form of the pairs. They are told of in two halves, by whether the SHA-256 of the group's id
// has an odd first byte (development) or an even one (kept away). The peer is the share of a sentence's words that stand in the quotes,
// with the threshold that loses 8 % of the development half's supported sentences. --errors lists what is judged wrongly in the
// development half, never in the other. --measures prints what bench/quality/grounding/train.py learns from. With the shared corpora, the
// claims of qa/citation_checks.jsonl are checked against the paragraphs that they cite.
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "core/hash.hpp"
#include "grounding/sentence_check.hpp"
#include "json/value.hpp"
#include "model/shipped.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

namespace {

using namespace kansli;
using namespace std::chrono_literals;
using grounding::Ruling;

constexpr Date day = 2026y / 12 / 1;
constexpr double allowed_loss = 0.08;

struct Group {
    std::string id{};
    std::vector<std::array<std::string, 3>> quotes{};  // text, source, place

    [[nodiscard]] std::vector<grounding::Quote> views() const {
        std::vector<grounding::Quote> views;
        for (const auto& [text, source, place] : quotes)
            views.push_back({text, source, place});
        return views;
    }
};

struct Pair {
    std::size_t group = 0;
    std::string sentence{};
    std::string kind{};
    Ruling truth = Ruling::supported;
    bool kept_away = false;
    grounding::Verdict verdict{};
    double overlap = 0;
};

struct Material {
    std::vector<Group> groups{};
    std::vector<Pair> pairs{};
};

std::string member(const json::Value& object, std::string_view name) {
    const json::Value* value = object.find(name);
    const std::string* text = value == nullptr ? nullptr : value->as_string();
    return text == nullptr ? std::string() : *text;
}

Ruling ruling_of(std::string_view word) {
    if (word == "supported") return Ruling::supported;
    return word == "contradicted" ? Ruling::contradicted : Ruling::unsupported;
}

std::string_view name_of(Ruling ruling) {
    if (ruling == Ruling::supported) return "supported";
    return ruling == Ruling::contradicted ? "contradicted" : "unsupported";
}

bool kept_away(std::string_view id) {
    constexpr std::string_view even = "02468ace";
    return even.find(sha256(id)[1]) != std::string_view::npos;
}

double overlap(std::string_view sentence, const Group& group) {
    std::set<std::string> quoted;
    for (const auto& quote : group.quotes)
        for (const auto& word : text::words(quote[0]))
            quoted.insert(text::stem(word.folded));
    double found = 0;
    double all = 0;
    for (const auto& word : text::words(sentence)) {
        if (text::is_stop_word(word.folded)) continue;
        ++all;
        found += quoted.contains(text::stem(word.folded)) ? 1 : 0;
    }
    return all > 0 ? found / all : 0;
}

Result<Material> read_pairs(const std::filesystem::path& file) {
    const std::string lines = TRY(read_file(file));
    Material material;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const auto one = TRY(json::parse(std::string_view(lines).substr(at, end - at)));
        at = end + 1;
        Group group{.id = member(one, "id")};
        for (const auto& quote : *one.find("quotes")->as_array())
            group.quotes.push_back({member(quote, "text"), member(quote, "source"), member(quote, "place")});
        for (const auto& sentence : *one.find("sentences")->as_array()) {
            material.pairs.push_back({.group = material.groups.size(),
                                      .sentence = member(sentence, "text"),
                                      .kind = member(sentence, "kind"),
                                      .truth = ruling_of(member(sentence, "verdict")),
                                      .kept_away = kept_away(group.id)});
        }
        material.groups.push_back(std::move(group));
    }
    return material;
}

// The text of a paragraph of a statute in the shared folder, by the file's own headings; empty when it is not there.
std::string paragraph(std::string_view statute, std::string_view chapter, std::string_view section) {
    const auto chapter_at = statute.find(fmt::format("\n## {} kap.", chapter));
    if (chapter_at == std::string_view::npos) return {};
    auto text = statute.substr(chapter_at + 1);
    text = text.substr(0, text.find("\n## "));
    const auto heading = fmt::format("\n#### {} §\n", section);
    const auto section_at = text.find(heading);
    if (section_at == std::string_view::npos) return {};
    text = text.substr(section_at + heading.size());
    return std::string(text.substr(0, text.find("\n#")));
}

Result<Material> read_citations(const std::filesystem::path& corpora) {
    const std::string lines = TRY(read_file(corpora / "qa" / "citation_checks.jsonl"));
    Material material;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const auto one = TRY(json::parse(std::string_view(lines).substr(at, end - at)));
        at = end + 1;
        const auto& cited = *one.find("cited");
        const auto number = member(cited, "sfs");
        auto name = number;
        std::ranges::replace(name, ':', '-');
        Group group{.id = member(one, "id")};
        for (const auto& entry : std::filesystem::directory_iterator(corpora / "sfs")) {
            if (!entry.path().filename().string().starts_with("sfs-" + name + "-")) continue;
            const std::string statute = TRY(read_file(entry.path()));
            group.quotes.push_back(
                {paragraph(statute, member(cited, "chapter"), member(cited, "section")),
                 fmt::format("lagen ({})", number),
                 fmt::format("{} kap. {} §", member(cited, "chapter"), member(cited, "section"))});
        }
        material.pairs.push_back(
            {.group = material.groups.size(),
             .sentence = member(one, "claim"),
             .kind = member(one, "verdict"),
             .truth = member(one, "verdict") == "supported" ? Ruling::supported : Ruling::contradicted,
             .kept_away = kept_away(group.id)});
        material.groups.push_back(std::move(group));
    }
    return material;
}

grounding::CheckContext context() {
    return {text::Lexicon::shipped(), model::shipped_embedding(), day};
}

void judge(Material& material) {
    for (auto& pair : material.pairs) {
        const auto& group = material.groups[pair.group];
        pair.verdict = grounding::check(pair.sentence, group.views(), context());
        pair.overlap = overlap(pair.sentence, group);
    }
}

double share(const Material& material, bool half, Ruling truth, auto&& holds) {
    double all = 0;
    double held = 0;
    for (const auto& pair : material.pairs) {
        if (pair.kept_away != half || pair.truth != truth) continue;
        ++all;
        held += holds(pair) ? 1 : 0;
    }
    return all > 0 ? 100 * held / all : 0;
}

double threshold_of_peer(const Material& material) {
    std::vector<double> overlaps;
    for (const auto& pair : material.pairs)
        if (!pair.kept_away && pair.truth == Ruling::supported) overlaps.push_back(pair.overlap);
    std::ranges::sort(overlaps);
    if (overlaps.empty()) return 0;
    return overlaps[static_cast<std::size_t>(allowed_loss * static_cast<double>(overlaps.size()))];
}

std::size_t count(const Material& material, bool half, Ruling truth) {
    return static_cast<std::size_t>(std::ranges::count_if(
        material.pairs, [&](const Pair& pair) { return pair.kept_away == half && pair.truth == truth; }));
}

void report(const Material& material, std::string_view title) {
    const double threshold = threshold_of_peer(material);
    const auto stopped = [](const Pair& pair) { return pair.verdict.ruling != Ruling::supported; };
    const auto stopped_by_peer = [&](const Pair& pair) { return pair.overlap < threshold; };
    fmt::print("{}\n{:<42} {:>12} {:>12} {:>12}\n", title, "", "contradicted", "unsupported", "supported");
    fmt::print("{:<42} {:>12} {:>12} {:>12}\n", "", "stopped", "stopped", "lost");
    for (const bool half : {false, true}) {
        const std::string_view name = half ? "kept away" : "development";
        if (count(material, half, Ruling::supported) == 0) continue;
        fmt::print("{:<42} {:>12} {:>12} {:>12}\n", fmt::format("{}, sentences", name),
                   count(material, half, Ruling::contradicted), count(material, half, Ruling::unsupported),
                   count(material, half, Ruling::supported));
        const auto line = [&](std::string_view who, auto&& holds) {
            fmt::print("{:<42} {:>10.1f} % {:>10.1f} % {:>10.1f} %\n", fmt::format("{}, {}", name, who),
                       share(material, half, Ruling::contradicted, holds),
                       share(material, half, Ruling::unsupported, holds),
                       share(material, half, Ruling::supported, holds));
        };
        line("kansli", stopped);
        line("word overlap", stopped_by_peer);
        fmt::print("{:<42} {:>10.1f} % {:>10.1f} %\n", fmt::format("{}, kansli, called so", name),
                   share(material, half, Ruling::contradicted,
                         [](const Pair& pair) { return pair.verdict.ruling == Ruling::contradicted; }),
                   share(material, half, Ruling::unsupported,
                         [](const Pair& pair) { return pair.verdict.ruling == Ruling::unsupported; }));
    }
}

// What is judged rightly, by the kind of what was done to the quote.
void report_kinds(const Material& material) {
    std::map<std::string, std::array<std::array<int, 2>, 2>> kinds;  // half, right and all
    for (const auto& pair : material.pairs) {
        const bool right = (pair.verdict.ruling == Ruling::supported) == (pair.truth == Ruling::supported);
        auto& count = kinds[fmt::format("{}, {}", name_of(pair.truth), pair.kind)][pair.kept_away ? 1 : 0];
        count[0] += right ? 1 : 0;
        ++count[1];
    }
    fmt::print("{:<32} {:>14} {:>14}\n", "rightly stopped or let through", "development", "kept away");
    for (const auto& [kind, count] : kinds)
        fmt::print("{:<32} {:>8} of {:>2} {:>8} of {:>2}\n", kind, count[0][0], count[0][1], count[1][0],
                   count[1][1]);
}

void list_errors(const Material& material) {
    for (const auto& pair : material.pairs) {
        const bool stopped = pair.verdict.ruling != Ruling::supported;
        if (pair.kept_away || stopped == (pair.truth != Ruling::supported)) continue;
        fmt::print("{} {} {} {:.2f} {}\n", material.groups[pair.group].id, name_of(pair.truth), pair.kind,
                   pair.verdict.support, pair.sentence);
        fmt::print("    {} [{}] | {}\n", json::write(json::Value(static_cast<int>(pair.verdict.reason))),
                   fmt::join(pair.verdict.words, ", "), pair.verdict.quoted);
    }
}

void list_measures(const Material& material) {
    for (const auto& pair : material.pairs) {
        const auto& group = material.groups[pair.group];
        auto values = json::Value::object();
        for (const auto& [name, value] : grounding::support_measures(pair.sentence, group.views(), context()))
            values[std::string(name)] = value;
        // A rule that decided leaves 0; there is nothing to learn of such a sentence.
        const bool ruled = pair.verdict.support == 0 || pair.verdict.support == 1;
        auto line = json::Value::object();
        line["group"] = group.id;
        line["truth"] = name_of(pair.truth);
        line["kept_away"] = pair.kept_away;
        line["ruled"] = ruled;
        line["measures"] = std::move(values);
        fmt::print("{}\n", json::write(line));
    }
}

Result<void> run(const std::vector<std::string>& arguments) {
    auto material = TRY(read_pairs(arguments.front()));
    const auto begun = std::chrono::steady_clock::now();
    judge(material);
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
    const auto has = [&](std::string_view word) {
        return std::ranges::find(arguments, word) != arguments.end();
    };
    if (has("--measures")) {
        list_measures(material);
        return {};
    }
    report(material, "pairs written for this");
    report_kinds(material);
    fmt::print("{:.2f} ms a sentence\n", taken.count() / static_cast<double>(material.pairs.size()));
    if (has("--errors")) list_errors(material);
    const auto& last = arguments.back();
    if (arguments.size() > 1 && std::filesystem::exists(std::filesystem::path(last) / "qa")) {
        auto citations = TRY(read_citations(last));
        judge(citations);
        report(citations, "\ncitations of guidelines");
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty() || !std::filesystem::exists(arguments.front())) {
        fmt::print("grounding_bench PAIRS.jsonl [--errors | --measures] [SHARED-CORPORA]\n");
        return 1;
    }
    if (const auto done = run(arguments); !done) {
        fmt::print("{}\n", done.error().message);
        return 1;
    }
    return 0;
}
