#include "glossary/glossary.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "record/record.hpp"
#include "text/language.hpp"

using namespace kansli;
using namespace kansli::glossary;

namespace {

template <typename T>
T good(Result<T> result) {
    REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : to_line(result.error())));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

const Date day = parse_date("2026-11-30").value();

struct TestGlossary {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    record::Record record{*database};
    Glossary glossary{*database};
    access::Caller eva{access::UserId("u1"), "Eva Redaktör", {access::Role::editor}, {}};
    access::Caller rut{access::UserId("u2"), "Rut Läsare", {access::Role::reader}, {}};

    TestGlossary() { good(database->migrate({record::Record::migrations(), Glossary::migrations()})); }

    // What the first expression of a question is called.
    std::vector<std::string> called(std::string_view question) {
        std::vector<std::string> shown;
        const auto tokens = text::words(question);
        const auto meanings = good(glossary.lexicon())->meanings(tokens, day);
        if (meanings.empty()) return shown;
        for (const auto& wording : meanings.front().wordings)
            shown.push_back(wording.shown);
        return shown;
    }
    std::vector<std::string> lines() {
        std::vector<std::string> all;
        for (const auto& entry : good(glossary.entries()))
            all.push_back(entry.line);
        return all;
    }
    // The kinds of the record's entries, the newest first.
    std::vector<std::string> recorded() {
        std::vector<std::string> kinds;
        for (const auto& entry : good(record.entries({})))
            kinds.push_back(entry.kind);
        return kinds;
    }
    ErrorCode code(const auto& result) {
        REQUIRE_FALSE(result.has_value());
        return result.error().code;
    }
};

text::LexiconEntry says(std::string_view expression, std::string_view term) {
    return text::entry_of(expression, text::LexicalRelation::same, term).value();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "what the municipality says wins over the lexicon that ships, at once, and no more when it is removed") {
    TestGlossary house;
    const auto shipped = house.called("dagis");
    REQUIRE_FALSE(shipped.empty());
    CHECK(shipped.front() != "förskolan kvarnen");
    const auto entry = good(house.glossary.add(house.eva, "Dagis =  förskolan kvarnen"));
    CHECK(entry.line == "dagis = förskolan kvarnen");
    CHECK(entry.by == "Eva Redaktör");
    CHECK(house.called("dagis") == Lines{"förskolan kvarnen"});
    good(house.glossary.change(house.eva, entry.id, "dagis = förskolan ängen"));
    CHECK(house.called("dagis") == Lines{"förskolan ängen"});
    good(house.glossary.remove(house.eva, entry.id));
    CHECK(house.called("dagis") == shipped);
    CHECK(house.recorded() == Lines{"glossary_removed", "glossary_changed", "glossary_added"});
}

TEST_CASE("another program's change is seen, and what was asked for before stays as it was") {
    TestGlossary house;
    const auto before = good(house.glossary.lexicon());
    CHECK(good(house.glossary.lexicon()) == before);
    const auto other = store::Database::open(house.folder.path() / "kansli.db").value();
    good(Glossary(*other).add(house.eva, "kvarnhuset = stadsbiblioteket"));
    CHECK(house.called("kvarnhuset") == Lines{"stadsbiblioteket"});
    CHECK(good(house.glossary.lexicon()) != before);
}

TEST_CASE("lines that are none, that stand there or that one may not write change nothing") {
    TestGlossary house;
    const auto first = good(house.glossary.add(house.eva, "kvarnhuset, kvarnen = stadsbiblioteket"));
    const auto second = good(house.glossary.add(house.eva, "treserva ~ verksamhetssystem"));
    CHECK(house.code(house.glossary.add(house.eva, "kvarnhuset")) == ErrorCode::invalid_input);
    CHECK(house.code(house.glossary.add(house.eva, "kvarnen ! stadsbiblioteket")) == ErrorCode::conflict);
    CHECK(house.code(house.glossary.add(house.eva, std::string(2000, 'a') + " = b")) == ErrorCode::too_large);
    CHECK(house.code(house.glossary.change(house.eva, second.id, "kvarnen < stadsbiblioteket")) ==
          ErrorCode::conflict);
    CHECK(house.code(house.glossary.change(house.eva, EntryId("none"), "a = b")) == ErrorCode::not_found);
    CHECK(house.code(house.glossary.remove(house.eva, EntryId("none"))) == ErrorCode::not_found);
    CHECK(house.code(house.glossary.add(house.rut, "a = b")) == ErrorCode::forbidden);
    CHECK(house.code(house.glossary.change(house.rut, first.id, "a = b")) == ErrorCode::forbidden);
    CHECK(house.code(house.glossary.remove(house.rut, first.id)) == ErrorCode::forbidden);
    CHECK(house.code(house.glossary.take_in(house.rut, "a = b", ImportWay::add)) == ErrorCode::forbidden);
    CHECK(house.lines() == Lines{"kvarnhuset, kvarnen = stadsbiblioteket", "treserva ~ verksamhetssystem"});
    // Nothing new is nothing to tell.
    good(house.glossary.change(house.eva, first.id, "kvarnhuset, kvarnen = stadsbiblioteket"));
    CHECK(house.recorded().size() == 2);
}

TEST_CASE(
    "a file is taken in line by line, what is faulty is told, and what is written out can be taken in") {
    TestGlossary house;
    good(house.glossary.add(house.eva, "kvarnhuset = stadsbiblioteket"));
    const auto report = good(house.glossary.take_in(house.eva,
                                                    "# våra ord\nkvarnhuset = stadsbiblioteket\nfel rad\nbia "
                                                    "= boendestöd\nkvarnhuset ! stadsbiblioteket\n",
                                                    ImportWay::add));
    CHECK(report.added == 1);
    CHECK(report.unchanged == 1);
    REQUIRE(report.faults.size() == 2);
    CHECK(report.faults[0].line == 3);
    CHECK(report.faults[1].line == 5);
    CHECK(house.lines() == Lines{"bia = boendestöd", "kvarnhuset = stadsbiblioteket"});
    CHECK(house.recorded().front() == "glossary_imported");

    const auto refused = good(house.glossary.take_in(house.eva, "a = b\nfel rad\n", ImportWay::replace));
    CHECK(refused.faults.size() == 1);
    CHECK(refused.added + refused.removed == 0);
    CHECK(house.lines().size() == 2);

    const auto written = good(house.glossary.file());
    const auto same = good(house.glossary.take_in(house.eva, written, ImportWay::replace));
    CHECK(same.unchanged == 2);
    CHECK(same.added + same.removed == 0);
    CHECK(house.recorded().size() == 2);
    const auto replaced =
        good(house.glossary.take_in(house.eva, "bia = boendestöd\na = b", ImportWay::replace));
    CHECK(replaced.removed == 1);
    CHECK(replaced.added == 1);
    CHECK(house.lines() == Lines{"a = b", "bia = boendestöd"});
}

TEST_CASE("a suggestion waits and changes nothing before somebody with the right accepts it") {
    TestGlossary house;
    const auto before = house.called("kvarnhuset");
    CHECK(good(house.glossary.suggest(house.rut, std::vector{says("kvarnhuset", "stadsbiblioteket")})) ==
          std::vector<bool>{true});
    CHECK(house.called("kvarnhuset") == before);
    CHECK(house.lines().empty());
    // The same again is the same suggestion.
    CHECK(good(house.glossary.suggest(house.eva, std::vector{says("kvarnhuset", "stadsbiblioteket")})) ==
          std::vector<bool>{true});
    const auto waiting = good(house.glossary.suggestions());
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].by == "Rut Läsare");
    CHECK(house.code(house.glossary.accept(house.rut, waiting[0].id)) == ErrorCode::forbidden);
    CHECK(house.code(house.glossary.reject(house.rut, waiting[0].id)) == ErrorCode::forbidden);
    good(house.glossary.accept(house.eva, waiting[0].id));
    CHECK(house.called("kvarnhuset").front() == "stadsbiblioteket");
    CHECK(good(house.glossary.suggestions()).empty());
    CHECK(house.code(house.glossary.accept(house.eva, waiting[0].id)) == ErrorCode::not_found);
    CHECK(house.recorded() == Lines{"glossary_suggestion_accepted", "glossary_suggested"});
    // What stands there need not be suggested.
    CHECK(good(house.glossary.suggest(house.rut, std::vector{says("kvarnhuset", "stadsbiblioteket")})) ==
          std::vector<bool>{false});
}

TEST_CASE("what was rejected does not come back, and one person cannot fill the list") {
    TestGlossary house;
    good(house.glossary.suggest(house.rut, std::vector{says("kvarnhuset", "badhuset")}));
    good(house.glossary.reject(house.eva, good(house.glossary.suggestions()).at(0).id));
    CHECK(good(house.glossary.suggest(house.rut, std::vector{says("kvarnhuset", "badhuset")})) ==
          std::vector<bool>{false});
    CHECK(good(house.glossary.suggestions()).empty());
    CHECK(house.recorded() == Lines{"glossary_suggestion_rejected", "glossary_suggested"});
    std::vector<text::LexiconEntry> many;
    for (int number = 0; number < 80; ++number)
        many.push_back(says("ord" + std::to_string(number), "badhuset"));
    const auto kept = good(house.glossary.suggest(house.rut, many));
    CHECK(std::ranges::count(kept, true) == 50);
    CHECK(good(house.glossary.suggestions()).size() == 50);
    CHECK(good(house.glossary.suggest(house.eva, std::vector{says("ord99", "badhuset")})).at(0));
}

TEST_CASE("questions are understood by one glossary or the next while it changes") {
    TestGlossary house;
    const auto entry = good(house.glossary.add(house.eva, "dagis = förskolan kvarnen"));
    std::vector<std::jthread> askers;
    std::atomic<int> wrong = 0;
    for (int asker = 0; asker < 4; ++asker) {
        askers.emplace_back([&](const std::stop_token& stop) {
            const auto tokens = text::words("dagis");
            while (!stop.stop_requested()) {
                const auto lexicon = house.glossary.lexicon();
                const auto meanings =
                    lexicon ? (*lexicon)->meanings(tokens, day) : std::vector<text::Meaning>{};
                const bool known = meanings.size() == 1 && meanings[0].wordings.size() == 1 &&
                                   meanings[0].wordings[0].shown.starts_with("förskolan ");
                wrong += known ? 0 : 1;
            }
        });
    }
    for (int change = 0; change < 20; ++change)
        good(house.glossary.change(
            house.eva, entry.id, "dagis = förskolan " + std::string(1, static_cast<char>('a' + change % 4))));
    askers.clear();
    CHECK(wrong == 0);
}
