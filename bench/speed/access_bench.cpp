// What do rights cost a search? Documents of 12 sections, half of them open, half limited to one of thousands of lists of one to four groups out of
// 10,000, and people in 1, 20 and 200 groups.
//
//     access_bench [FOLDER-WITH-STATUTES] [SECTIONS] [LISTS] [SHARE-OPEN]
//
// "On" is the program with rules. "Off" is, for each person, an index that holds exactly what that person may read and knows no
// rules, so that both sides search the same material; and besides the same index asked by the keeper, who may read
// everything. The sides answer the same questions in turn, in one run. Each kind of person is a handful of people who take turns,
// so that what is remembered of a person's rights is sometimes there and sometimes not.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/file.hpp"
#include "corpus.hpp"
#include "model/shipped.hpp"
#include "search/detail/engine.hpp"
#include "search/detail/query_builder.hpp"
#include "search/detail/writer.hpp"
#include "search/lexical_index.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kansli;
namespace inner = search::detail;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t sections_per_version = 12;
constexpr std::size_t group_count = 10'000;
constexpr std::size_t question_count = 200;
constexpr std::size_t people_of_a_kind = 20;
constexpr std::size_t indexes_of_a_kind = 2;  // "off", for the first of them
constexpr int rounds = 3;                     // the first is not counted: the files come into memory

// What applied then is searched.
Date day() {
    return parse_date("2026-11-22").value();
}

std::string group_name(std::size_t number) {
    return fmt::format("grupp {:05}", number);
}

// The access list of each document; empty: open.
struct Rights {
    std::vector<access::AccessList> lists{};
    std::vector<std::size_t> list_of{};  // by document

    Rights(std::size_t documents, std::size_t distinct, double open) {
        std::mt19937_64 random(7);
        lists.emplace_back();
        while (lists.size() <= distinct) {
            access::AccessList list;
            for (std::size_t groups = 1 + random() % 4; groups > 0; --groups)
                list.push_back(group_name(random() % group_count));
            lists.push_back(std::move(list));
        }
        const auto share = static_cast<std::uint64_t>(open * 1000);
        for (std::size_t i = 0; i < documents; ++i)
            list_of.push_back(random() % 1000 < share ? 0 : 1 + random() % distinct);
    }
};

// The documents that a filter lets through, with their rights or without.
class RuledMaterial final : public search::Material {
  public:
    enum class Rules : std::uint8_t { kept, none };

    RuledMaterial(const bench::VariedCorpus& corpus, const Rights& rights, Rules rules,
                  const access::Viewer& reader)
        : corpus_(corpus) {
        auto catalogue = std::make_shared<documents::Catalogue>();
        catalogue->revision = 1;
        std::vector<documents::Protection> by_list;
        for (const access::AccessList& list : rights.lists) {
            documents::Attributes attributes;
            attributes.access = list;
            by_list.push_back(documents::protection_of(attributes, {}));
        }
        if (rules == Rules::kept) catalogue->protections = by_list;
        for (std::size_t i = 0; i < rights.list_of.size(); ++i) {
            if (!reader.may_read(by_list[rights.list_of[i]].rule)) continue;
            auto& entry = catalogue->entries.emplace_back();
            entry.number = static_cast<std::uint32_t>(i + 1);
            entry.version = documents::VersionId(fmt::format("v{:08}", i + 1));
            entry.document = documents::DocumentId(fmt::format("d{:08}", i + 1));
            entry.collection = "alla";
            entry.attributes.title = fmt::format("Dokument nummer {}", i + 1);
            entry.current = true;
            if (rules == Rules::kept) entry.protection = static_cast<std::uint32_t>(rights.list_of[i]);
        }
        for (std::uint32_t i = 0; i < catalogue->entries.size(); ++i)
            catalogue->by_version.push_back(i);
        catalogue_ = std::move(catalogue);
    }

    Result<std::shared_ptr<const documents::Catalogue>> catalogue() override { return catalogue_; }
    Result<documents::Library::SectionText> section(const access::Caller& caller,
                                                    const documents::VersionId& version,
                                                    int ordinal) override {
        const auto* entry = catalogue_->find(version);
        if (entry == nullptr || !access::may_read(caller, catalogue_->protection_of(*entry).rule))
            return fail(ErrorCode::not_found, "There is no such section.");
        std::string text = text_of(entry->number, ordinal);
        const auto section = section_of(ordinal, text.size());
        return documents::Library::SectionText{section, std::move(text), std::nullopt};
    }
    Result<void> each_section(const documents::VersionId& version, const Visit& visit) override {
        const auto number = catalogue_->find(version)->number;
        for (int i = 0; i < static_cast<int>(sections_per_version); ++i) {
            const std::string text = text_of(number, i);
            TRY(visit(section_of(i, text.size()), text));
        }
        return {};
    }

  private:
    static documents::Section section_of(int ordinal, std::size_t size) {
        documents::Section section;
        section.ordinal = ordinal;
        section.path = fmt::format("{} §", ordinal + 1);
        section.heading = section.path;
        section.trail = {section.path};
        section.end = size;
        return section;
    }
    [[nodiscard]] std::string text_of(std::uint32_t number, int ordinal) const {
        return corpus_.section((number - 1) * sections_per_version + static_cast<std::uint64_t>(ordinal));
    }

    const bench::VariedCorpus& corpus_;
    std::shared_ptr<const documents::Catalogue> catalogue_{};
};

// An index and what it is made from.
class Side {
  public:
    Side(const fs::path& folder, const bench::VariedCorpus& corpus, const Rights& rights,
         RuledMaterial::Rules rules, const access::Caller& reader,
         std::shared_ptr<const text::CompoundSplitter> words)
        : material_(corpus, rights, rules, access::Viewer(reader)) {
        auto opened = search::LexicalIndex::open({.folder = folder, .words = std::move(words)}, material_);
        if (!opened) throw std::runtime_error(to_line(opened.error()));
        index_ = std::move(*opened);
        const auto report = index_->sync();
        if (!report) throw std::runtime_error(to_line(report.error()));
    }

    [[nodiscard]] search::Results ask(const access::Caller& caller, const std::string& question) {
        search::Query query;
        query.words = question;
        query.as_of = day();
        auto found = index_->search(caller, query);
        if (!found) throw std::runtime_error(to_line(found.error()));
        return *std::move(found);
    }
    [[nodiscard]] search::IndexStatistics statistics() { return index_->statistics().value(); }

  private:
    RuledMaterial material_;
    std::unique_ptr<search::LexicalIndex> index_{};
};

// The layout that was there before (docs/decisions/0004): a shard for each list, opened side by side. Only Xapian's part of a search, and with shards
// that stay open from one question to the next.
class ShardForEachList {
  public:
    ShardForEachList(const fs::path& folder, const bench::VariedCorpus& corpus, const Rights& rights,
                     const std::shared_ptr<const text::CompoundSplitter>& words)
        : folder_(folder), rights_(rights), words_(words), readers_(folder.parent_path()) {
        RuledMaterial material(corpus, rights, RuledMaterial::Rules::kept, access::Viewer(access::keeper()));
        std::map<std::size_t, std::vector<std::size_t>> documents;
        for (std::size_t i = 0; i < rights.list_of.size(); ++i)
            documents[rights.list_of[i]].push_back(i);
        inner::Writer writer(folder, words, &model::shipped_embedding(), {});
        std::size_t written = 0;
        for (const auto& [list, numbers] : documents) {
            for (const std::size_t i : numbers) {
                const auto& entry = *material.catalogue().value()->find(static_cast<std::uint32_t>(i + 1));
                writer.begin(entry.number, entry.attributes, shard_of(list));
                const auto added =
                    material.each_section(entry.version, [&](const auto& section, std::string_view text) {
                        writer.add_section(section, text);
                        return Result<void>{};
                    });
                if (!added) throw std::runtime_error(to_line(added.error()));
                writer.finish();
            }
            if (++written % shards_at_once == 0) writer.commit();
        }
        writer.commit();
    }

    void ask(const access::Caller& person, const std::string& question) {
        const access::Viewer viewer(person);
        Xapian::Database all;
        for (std::size_t list = 0; list < rights_.lists.size(); ++list) {
            access::ReadRule rule;
            rule.limit_to(rights_.lists[list]);
            if (viewer.may_read(rule) && inner::holds_shard(folder_ / shard_of(list)))
                all.add_database(opened(list));
        }
        const inner::Lease lease = readers_.lease(folder_.filename().string(), {.whole = {shard_of(0)}});
        const inner::Selection nothing;
        const inner::Statistics statistics(lease, nothing);
        const auto built = inner::build_query(inner::parse_query(question, inner::QueryStyle::search),
                                              inner::QueryStyle::search, lease, statistics, *words_,
                                              {text::Lexicon::shipped(), day()}, {});
        Xapian::Enquire enquire(all);
        enquire.set_weighting_scheme(inner::Bm25({}, statistics.average_length()));
        enquire.set_query(built.query);
        (void)enquire.get_mset(0, 10, inner::exact_total + 1);
    }

    [[nodiscard]] double megabytes() const {
        double bytes = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_))
            if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
        return bytes / 1e6;
    }

  private:
    static constexpr std::size_t shards_at_once = 50;

    static std::string shard_of(std::size_t list) { return fmt::format("r-{:05}", list); }
    const Xapian::Database& opened(std::size_t list) {
        auto found = open_.find(list);
        if (found == open_.end())
            found = open_.emplace(list, Xapian::Database((folder_ / shard_of(list)).string())).first;
        return found->second;
    }

    fs::path folder_;
    const Rights& rights_;
    std::shared_ptr<const text::CompoundSplitter> words_;
    inner::Readers readers_;
    std::map<std::size_t, Xapian::Database> open_{};
};

access::Caller person_in(std::size_t groups, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    access::Caller caller;
    caller.id = access::UserId(fmt::format("u{}", seed));
    caller.name = fmt::format("person{}", seed);
    caller.roles = {access::Role::reader};
    while (caller.groups.size() < groups)
        caller.groups.push_back(group_name(random() % group_count));
    return caller;
}

std::vector<std::string> make_questions(const bench::VariedCorpus& corpus, std::uint64_t sections) {
    std::mt19937_64 random(42);
    std::vector<std::string> questions;
    while (questions.size() < question_count) {
        const std::string text = corpus.section(random() % sections);
        std::vector<text::Token> words = text::words(text);
        std::erase_if(words, [](const text::Token& word) { return text::is_stop_word(word.folded); });
        if (words.size() < 12) continue;
        std::string question;
        for (std::size_t count = 3 + random() % 5; count > 0; --count)
            question += words[random() % words.size()].folded + " ";
        questions.push_back(std::move(question));
    }
    return questions;
}

struct Times {
    std::vector<double> milliseconds{};

    [[nodiscard]] double at(double share) const {
        auto sorted = milliseconds;
        std::ranges::sort(sorted);
        return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    }
};

template <typename Work>
void timed(Times& times, bool counted, Work&& work) {
    const auto start = Clock::now();
    work();
    if (counted)
        times.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
}

void print(const std::string& what, const Times& times, const Times& against) {
    fmt::print("{:<66}{:>8.2f}{:>8.2f}{:>11.2f}{:>11.2f}\n", what, times.at(0.5), times.at(0.95),
               times.at(0.5) / against.at(0.5), times.at(0.95) / against.at(0.95));
}

// What all sides are made from.
struct Material {
    fs::path folder{};
    std::shared_ptr<const text::CompoundSplitter> words{};
    const bench::VariedCorpus& corpus;
    const Rights& rights;
    std::vector<std::string> questions{};
};

// How many of the hits of one side the other has too.
struct Shared {
    std::size_t same = 0;
    std::size_t all = 0;

    void add(const search::Results& with, const search::Results& without) {
        for (const search::Hit& hit : without.hits)
            same += std::ranges::any_of(with.hits, [&](const search::Hit& other) {
                return other.version == hit.version && other.section == hit.section;
            });
        all += without.hits.size();
    }
    [[nodiscard]] double percent() const {
        return 100 * static_cast<double>(same) / static_cast<double>(std::max<std::size_t>(all, 1));
    }
};

void measure_kind(const Material& material, Side& ruled, ShardForEachList& shards, std::size_t groups) {
    std::vector<access::Caller> people;
    for (std::size_t i = 0; i < people_of_a_kind; ++i)
        people.push_back(person_in(groups, groups * 100 + i));
    std::vector<std::unique_ptr<Side>> plain;
    for (std::size_t i = 0; i < indexes_of_a_kind; ++i)
        plain.push_back(std::make_unique<Side>(material.folder / fmt::format("off-{}-{}", groups, i),
                                               material.corpus, material.rights, RuledMaterial::Rules::none,
                                               people[i], material.words));
    Times on;
    Times off;
    Times keeper;
    Times each;
    Shared shared;
    for (int round = 0; round < rounds; ++round) {
        const bool counted = round > 0;
        for (std::size_t i = 0; i < material.questions.size(); ++i) {
            const std::string& question = material.questions[i];
            const std::size_t who = i % people_of_a_kind;
            const std::size_t like = who % indexes_of_a_kind;
            search::Results with;
            search::Results without;
            timed(on, counted, [&] { with = ruled.ask(people[who], question); });
            timed(off, counted, [&] { without = plain[like]->ask(people[like], question); });
            timed(keeper, counted, [&] { (void)ruled.ask(access::keeper(), question); });
            timed(each, counted, [&] { shards.ask(people[who], question); });
            if (who == like) shared.add(with, without);
        }
    }
    const std::string kind = fmt::format("in {} groups", groups);
    print(fmt::format("{}: off, an index of what they may read ({} sections)", kind,
                      plain.front()->statistics().sections),
          off, off);
    print(fmt::format("{}: on ({:.0f} % of the hits of off)", kind, shared.percent()), on, off);
    print(kind + ": on, for the keeper, who may read everything", keeper, off);
    print(kind + ": a shard for each list, Xapian's part alone", each, off);
}

int measure_all(const fs::path& statutes, std::uint64_t sections, std::size_t lists, double open) {
    const auto temporary = TemporaryFolder::create();
    if (!temporary) throw std::runtime_error(to_line(temporary.error()));
    const auto words = std::make_shared<const text::CompoundSplitter>(
        text::CompoundSplitter::create(search::IndexSettings{}.word_list).value());
    const bench::VariedCorpus corpus(bench::corpus(statutes));
    const Rights rights(sections / sections_per_version, lists, open);
    const Material material{temporary->path(), words, corpus, rights, make_questions(corpus, sections)};
    Side ruled(temporary->path() / "on", corpus, rights, RuledMaterial::Rules::kept, access::keeper(), words);
    const auto statistics = ruled.statistics();
    ShardForEachList shards(temporary->path() / "each", corpus, rights, words);
    fmt::print("{} sections in {} documents, {:.0f} % open, {} lists of {} groups\n", statistics.sections,
               statistics.versions, open * 100, lists, group_count);
    fmt::print("the index: {} shards, {:.0f} MB; with a shard for each list: {:.0f} MB\n\n",
               statistics.shards, static_cast<double>(statistics.bytes) / 1e6, shards.megabytes());
    fmt::print("{:<66}{:>8}{:>8}{:>11}{:>11}\n", "200 questions of 3-7 words, the ten best", "p50 ms",
               "p95 ms", "p50 ratio", "p95 ratio");
    for (const std::size_t groups : {std::size_t{1}, std::size_t{20}, std::size_t{200}})
        measure_kind(material, ruled, shards, groups);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return measure_all(count > 1 ? arguments[1] : "", count > 2 ? std::stoull(arguments[2]) : 60'000,
                           count > 3 ? std::stoull(arguments[3]) : 3'000,
                           count > 4 ? std::stod(arguments[4]) : 0.5);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
    }
    return 1;
}
