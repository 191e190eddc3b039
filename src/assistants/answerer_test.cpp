#include "assistants/answerer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "assistants/answer_kind.hpp"
#include "assistants/quote_check.hpp"
#include "assistants/writer.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "desk/evidence.hpp"
#include "json/binder.hpp"
#include "json/value.hpp"
#include "text/language.hpp"
#include "text/lexicon.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

// A few sections in memory, found by how many words of the question they hold: enough of a search and a library to see what the
// answerer does with them.
class Shelf final : public search::Searcher, public Sources {
  public:
    void put(const std::string& title, const std::string& heading, const std::string& body,
             documents::Validity validity = documents::Validity::applies) {
        Item item;
        item.hit.document = documents::DocumentId("d" + std::to_string(items_.size()));
        item.hit.version = documents::VersionId("v" + std::to_string(items_.size()));
        item.hit.title = title;
        item.hit.path = heading;
        item.hit.trail = {title, heading};
        item.hit.validity = validity;
        item.before = title + "\n\n";
        item.section.text = heading + "\n\n" + body;
        item.section.section.start = item.before.size();
        item.section.section.body = item.before.size() + heading.size() + 2;
        item.section.section.end = item.before.size() + item.section.text.size();
        items_.push_back(std::move(item));
    }

    // A paragraph of a statute; all of one statute are sections of one version.
    void put_paragraph(const std::string& statute, const std::string& path, const std::string& body) {
        put("Lag " + statute, path, body);
        Item& item = items_.back();
        item.hit.document = documents::DocumentId("d" + statute);
        item.hit.version = documents::VersionId("v" + statute);
        item.hit.reference = statute;
        item.hit.section = static_cast<int>(items_.size());
        item.section.section.ordinal = item.hit.section;
        item.section.section.path = path;
    }

    // A long text without headings of its own, cut into pieces: sections of one version, the first under the text's heading.
    void put_in_pieces(const std::string& title, const std::vector<std::string>& pieces) {
        std::string before;
        for (const auto& piece : pieces) {
            put(title, before.empty() ? title : "", piece);
            Item& item = items_.back();
            if (!before.empty()) item.section.text = piece;
            item.before = before;
            before += item.section.text + "\n\n";
            item.hit.document = documents::DocumentId("d" + title);
            item.hit.version = documents::VersionId("v" + title);
            item.hit.section = static_cast<int>(&piece - pieces.data()) + 1;
            auto& section = item.section.section;
            section.ordinal = item.hit.section;
            section.parent = section.ordinal == 1 ? 0 : 1;
            section.heading = section.ordinal == 1 ? title : "";
            section.start = item.before.size();
            section.body = section.start + (section.ordinal == 1 ? title.size() + 2 : 0);
            section.end = section.start + item.section.text.size();
        }
    }

    [[nodiscard]] std::string text_of(const documents::VersionId& version) const {
        const auto& item =
            *std::ranges::find(items_, version, [](const Item& one) { return one.hit.version; });
        return item.before + item.section.text;
    }

    Result<search::Results> search(const access::Caller& /*caller*/, const search::Query& query) override {
        lexicon = query.lexicon;
        search::Results results;
        for (const auto& item : items_) {
            auto hit = item.hit;
            for (const auto& asked : text::words(query.words)) {
                if (text::is_stop_word(asked.folded)) continue;
                const auto words = text::words(item.section.text);
                if (std::ranges::any_of(words, [&](const auto& word) {
                        return text::stem(word.folded) == text::stem(asked.folded);
                    })) {
                    hit.score += 1;
                }
            }
            const double share = hit.score / static_cast<double>(text::words(query.words).size());
            hit.signals = {.words = share, .nearness = share};
            if (hit.score > 0) results.hits.push_back(std::move(hit));
        }
        std::ranges::stable_sort(results.hits, std::ranges::greater{}, &search::Hit::score);
        results.total = static_cast<std::int64_t>(results.hits.size());
        return results;
    }

    Result<std::vector<search::ExplainedTerm>> explain(const access::Caller&, const search::Query&,
                                                       const documents::VersionId&, int) override {
        return std::vector<search::ExplainedTerm>{};
    }

    Result<documents::Library::SectionText> section(const access::Caller&,
                                                    const documents::VersionId& version,
                                                    int ordinal) override {
        const auto item = std::ranges::find_if(items_, [&](const Item& one) {
            return one.hit.version == version && one.hit.section == ordinal;
        });
        if (item == items_.end() || version == withdrawn)
            return fail(ErrorCode::not_found, "Dokumentet finns inte.");
        return item->section;
    }

    Result<documents::Library::SectionText> section_called(const access::Caller& caller,
                                                           const documents::VersionId& version,
                                                           std::string_view path) override {
        const auto item = std::ranges::find_if(items_, [&](const Item& one) {
            return one.hit.version == version && one.section.section.path == path;
        });
        if (item == items_.end()) return fail(ErrorCode::not_found, "Avsnittet finns inte.");
        return section(caller, version, item->hit.section);
    }

    Result<std::optional<int>> page(const access::Caller&, const documents::VersionId&, std::size_t,
                                    std::size_t) override {
        return std::optional<int>{2};
    }

    Result<documents::Protection> protection(const access::Caller&,
                                             const documents::DocumentId& document) override {
        documents::Attributes attributes;
        if (document == restricted) {
            attributes.access = {"jurister"};
            attributes.information_class = access::InformationClass::confidential;
        }
        return documents::protection_of(attributes, {});
    }

    documents::VersionId withdrawn{};
    documents::DocumentId restricted{};
    std::shared_ptr<const text::Lexicon> lexicon{};  // that was searched with last

  private:
    struct Item {
        search::Hit hit{};
        std::string before{};
        documents::Library::SectionText section{};
    };
    std::vector<Item> items_{};
};

Result<std::vector<std::string>> nothing_hidden(store::Connection& /*connection*/,
                                                const access::Caller& /*caller*/,
                                                std::vector<std::string> /*versions*/) {
    return std::vector<std::string>();
}

struct Fixture {
    TemporaryFolder folder = TemporaryFolder::create().value();
    std::unique_ptr<store::Database> database = store::Database::open(folder.path() / "kansli.db").value();
    record::Record record{*database};
    access::Caller rut{access::UserId("u1"), "Rut", {access::Role::reader}, {}};
    Shelf shelf;
    std::array<desk::Kind, 1> kinds{answer_kind};
    desk::Desk desk{*database, record, kinds, {nothing_hidden}};
    measures::EnergyMeter meter{};
    DocumentAnswerer answerer{shelf, shelf, desk, meter};

    Fixture() {
        REQUIRE(database->migrate({record::Record::migrations(), desk::Desk::migrations()}).has_value());
        shelf.put("Riktlinjer för bygglov", "5.2 Altaner",
                  "Bygglov krävs inte för en altan som är högst 1,8 meter hög. Höjden räknas från marken.");
        shelf.put("Riktlinjer för bygglov", "3 Tidsfrister", "Nämnden ska besluta om lov inom tio veckor.");
        shelf.put("Riktlinjer för hemtjänst", "4.2 Städning",
                  "Städning av två rum beviljas var tredje vecka.");
        shelf.put("Taxa för vatten", "2 Avgift", "Avgiften för vatten är 42 kronor per kubikmeter.");
        shelf.put("Regler för förskola", "5 Uppsägning", "Uppsägningstiden för platsen är två månader.");
        shelf.put("Regler för skolskjuts", "2 Avstånd",
                  "Elever i årskurs 1 har rätt till skolskjuts från två kilometer.");
    }

    Answer ask(const std::string& question) {
        return answerer.answer(rut, {question, {}, parse_date("2026-11-22").value()}).value();
    }
};

}  // namespace

TEST_CASE("an answer quotes its version byte for byte and says where") {
    Fixture fixture;
    const auto answer = fixture.ask("Hur hög får en altan vara utan bygglov?");
    REQUIRE(answer.answerable);
    REQUIRE_FALSE(answer.citations.empty());
    CHECK_FALSE(answer.reason.has_value());
    for (const auto& citation : answer.citations) {
        const auto text = fixture.shelf.text_of(citation.version);
        CHECK(text.substr(citation.start, citation.end - citation.start) == citation.quote);
        CHECK(citation.valid);
        CHECK(citation.page == 2);
        CHECK(answer.answer.find(citation.sentence) != std::string::npos);
    }
    CHECK(answer.citations[0].path == "5.2 Altaner");
    CHECK(answer.citations[0].quote == "Bygglov krävs inte för en altan som är högst 1,8 meter hög.");
}

TEST_CASE("a row far down a long table is told with the names of its columns and without other rows") {
    Fixture fixture;
    std::vector<std::string> pieces(3);
    for (int row = 1; row <= 45; ++row) {
        auto& piece = pieces[static_cast<std::size_t>(row - 1) / 15];
        if (!piece.empty()) piece += "\n\n";
        // The heading row stands on both pages.
        if (row == 1 || row == 24) piece += "Nummer | Plats | Avgift per dag\n\n";
        const auto number = std::to_string(row);
        piece += number + " | Torgplats " + number + " | " + std::to_string(100 + 5 * row) + " kr";
    }
    fixture.shelf.put_in_pieces("Taxa för torget", pieces);
    for (const std::string number : {"3", "27"}) {
        const auto answer = fixture.ask("Vilken avgift har torgplats " + number + " per dag?");
        REQUIRE(answer.answerable);
        REQUIRE_MESSAGE(answer.citations.size() == 1, answer.answer);
        const auto sum = std::to_string(100 + 5 * std::stoi(number)) + " kr";
        CHECK(answer.citations[0].quote == number + " | Torgplats " + number + " | " + sum);
        CHECK(answer.answer ==
              "Nummer: " + number + " | Plats: Torgplats " + number + " | Avgift per dag: " + sum);
    }
}

TEST_CASE("what the documents do not say is refused, with a reason and what to read") {
    Fixture fixture;
    const auto answer = fixture.ask("Vad kostar en flygbiljett från Huddinge till vatten och strand?");
    CHECK_FALSE(answer.answerable);
    CHECK(answer.citations.empty());
    CHECK(answer.answer.empty());
    REQUIRE(answer.reason.has_value());
    REQUIRE_FALSE(answer.nearest.empty());
    CHECK(answer.nearest[0].title == "Taxa för vatten");
    CHECK_FALSE(fixture.ask("Hur många rymdfärjor finns?").answerable);
}

TEST_CASE("a replaced document is never a ground, and the asker is told of it") {
    Fixture fixture;
    fixture.shelf.put("Taxa för bygglov 2025", "2 Altan",
                      "Avgiften för bygglov för en inglasad uteplats är 3 100 kronor.",
                      documents::Validity::replaced);
    const auto answer = fixture.ask("Vilken avgift tas ut för bygglov för inglasad uteplats?");
    CHECK_FALSE(answer.answerable);
    CHECK(answer.reason->find("Taxa för bygglov 2025") != std::string::npos);
    CHECK(answer.reason->find("gäller inte längre") != std::string::npos);
}

TEST_CASE("a document that is withdrawn while the question is asked is as if it were not there") {
    Fixture fixture;
    fixture.shelf.withdrawn = documents::VersionId("v0");
    const auto answer = fixture.ask("Hur hög får en altan vara utan bygglov?");
    for (const auto& citation : answer.citations)
        CHECK(citation.version != documents::VersionId("v0"));
}

TEST_CASE("every question is in the record with its evidence, answered or refused") {
    Fixture fixture;
    const auto answer = fixture.ask("Hur hög får en altan vara utan bygglov?");
    (void)fixture.ask("Hur många rymdfärjor finns?");
    const auto entries = fixture.record.entries({}).value();
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].actor == "Rut");
    CHECK(entries[1].content.find("Hur hög får en altan vara") != std::string::npos);
    CHECK(entries[1].content.find(sha256(answer.citations[0].quote)) != std::string::npos);
    CHECK(entries[0].content.find("rymdfärjor") != std::string::npos);
    CHECK(fixture.record.verify().value().entries == 2);
    CHECK_FALSE(fixture.record.verify().value().first_broken.has_value());
}

TEST_CASE("an answer is a draft on the desk, as closed as the most closed of its sources") {
    Fixture fixture;
    fixture.shelf.restricted = documents::DocumentId("d0");
    const auto answer = fixture.ask("Hur hög får en altan vara utan bygglov?");
    const auto draft = fixture.desk.proposal(fixture.rut, desk::ProposalId(answer.proposal.value())).value();
    CHECK(draft.state == desk::State::draft);
    CHECK(draft.entry == answer.entry);
    CHECK(draft.text == answer.answer);
    CHECK(draft.made.readers == access::ReadRule({{"jurister"}}, false));
    CHECK(draft.made.information_class == access::InformationClass::confidential);
    const auto quotes = desk::quotes_of(draft).value();
    REQUIRE(quotes.size() == answer.citations.size());
    CHECK(quotes[0].quote == answer.citations[0].quote);
    CHECK(quotes[0].version == answer.citations[0].version.str());
}

TEST_CASE("an exemption is quoted with the rule that it is made from") {
    Fixture fixture;
    fixture.shelf.put_paragraph("2001:1", "9 kap. 3 §",
                                "Det krävs lov för att uppföra en väderkvarn. Lovet är tidsbegränsat.");
    fixture.shelf.put_paragraph("2001:1", "9 kap. 4 §",
                                "Trots 3 § får en väderkvarn på högst tre meter ställas upp på egen tomt.");
    const auto answer = fixture.ask("Får en väderkvarn ställas upp på egen tomt?");
    REQUIRE(answer.answerable);
    REQUIRE(answer.related.size() == 1);
    CHECK(answer.related[0].path == "9 kap. 3 §");
    CHECK(answer.related[0].tie == "gäller trots");
    CHECK(answer.related[0].version == documents::VersionId("v2001:1"));
    CHECK(answer.citations[0].path == "9 kap. 4 §");
    const auto quoted = std::ranges::find(answer.citations, "9 kap. 3 §", &Citation::path);
    REQUIRE(quoted != answer.citations.end());
    CHECK(quoted->quote.starts_with("Det krävs lov för att uppföra en väderkvarn."));
    CHECK(answer.answer.find(quoted->sentence) != std::string::npos);
    const auto draft = fixture.desk.proposal(fixture.rut, desk::ProposalId(answer.proposal.value())).value();
    CHECK(desk::quotes_of(draft).value().size() == answer.citations.size());
}

TEST_CASE("a rule of another statute is looked for as the caller may see it") {
    Fixture fixture;
    fixture.shelf.put_paragraph(
        "2001:1", "5 §", "En väderkvarn får ställas upp på egen tomt enligt 2 kap. 7 § lagen (2002:2).");
    CHECK(fixture.ask("Får en väderkvarn ställas upp på egen tomt?").related.empty());
    fixture.shelf.put_paragraph("2002:2", "2 kap. 7 §", "Vindens vingar ska vara 2002:2 höga.");
    const auto answer = fixture.ask("Får en väderkvarn ställas upp på egen tomt?");
    REQUIRE(answer.related.size() == 1);
    CHECK(answer.related[0].version == documents::VersionId("v2002:2"));
    CHECK(answer.related[0].tie == "hänvisar till");
    fixture.shelf.withdrawn = documents::VersionId("v2002:2");
    CHECK(fixture.ask("Får en väderkvarn ställas upp på egen tomt?").related.empty());
}

TEST_CASE("the paragraph that the question points at comes first") {
    Fixture fixture;
    fixture.shelf.put_paragraph("2010:900", "9 kap. 3 §",
                                "Får jag bygga? Bygga får den som har lov att bygga en väderkvarn.");
    fixture.shelf.put_paragraph("2010:900", "9 kap. 4 §", "Lov prövas av nämnden också för en väderkvarn.");
    for (const std::string question :
         {"Får jag bygga väderkvarn enligt 9 kap. 4 § PBL?", "Får jag bygga väderkvarn, PBL 9:4?"}) {
        const auto examination =
            fixture.answerer.examine(fixture.rut, {question, {}, parse_date("2026-11-22").value()}).value();
        REQUIRE_FALSE(examination.hits.empty());
        CHECK(examination.hits[0].path == "9 kap. 4 §");
        CHECK(examination.composed[0].path == "9 kap. 4 §");
    }
}

TEST_CASE("corrections hold for their question alone, and stand in the record with it") {
    Fixture fixture;
    const auto day = parse_date("2026-11-22").value();
    const auto words = text::words("tillsynsplats");
    const auto before = fixture.ask("Hur hög får en tillsynsplats vara utan bygglov?");
    const auto corrected =
        fixture.answerer
            .answer(fixture.rut,
                    {"Hur hög får en tillsynsplats vara utan bygglov?",
                     {},
                     day,
                     {text::entry_of("tillsynsplats", text::LexicalRelation::same, "altan").value()}})
            .value();
    CHECK(fixture.shelf.lexicon->meanings(words, day).front().wordings.front().shown == "altan");
    REQUIRE(corrected.understanding.corrections.size() == 1);
    const auto entries = fixture.record.entries({}).value();
    CHECK(entries.front().content.find("tillsynsplats = altan | även") != std::string::npos);
    const auto after = fixture.ask("Hur hög får en tillsynsplats vara utan bygglov?");
    CHECK(fixture.shelf.lexicon == text::Lexicon::share_shipped());
    CHECK(after.understanding.corrections.empty());
    CHECK(json::write(after.understanding) == json::write(before.understanding));
    CHECK(json::write(corrected.understanding) != json::write(before.understanding));
}

TEST_CASE("a day that does not exist is refused") {
    Fixture fixture;
    const auto answer = fixture.answerer.answer(fixture.rut, {"Hur hög får en altan vara?", {}, Date{}});
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == ErrorCode::invalid_input);
}

TEST_CASE("whoever looks for themselves finds the sections in the order of the answer, a page at a time") {
    Fixture fixture;
    fixture.shelf.put("Frågor och svar", "Altan", "En hög altan kan behöva räcke.");
    const std::string question = "Hur hög får en altan vara utan bygglov?";
    const auto day = parse_date("2026-11-22").value();
    const auto examination = fixture.answerer.examine(fixture.rut, {question, {}, day, {}}).value();
    REQUIRE(examination.hits.size() >= 2);
    search::Query query;
    query.words = question;
    query.as_of = day;
    query.limit = 2;
    const auto first = fixture.answerer.look_for(fixture.rut, query).value();
    REQUIRE(first.hits.size() == 2);
    CHECK(first.hits[0].version == examination.hits[0].version);
    CHECK(first.hits[1].version == examination.hits[1].version);
    CHECK(first.hits[0].score >= first.hits[1].score);
    query.offset = 1;
    const auto second = fixture.answerer.look_for(fixture.rut, query).value();
    REQUIRE_FALSE(second.hits.empty());
    CHECK(second.hits[0].version == examination.hits[1].version);
}

namespace {

// A model that gives back the first quote, and says something that nobody has said.
class Obliging final : public endpoints::ChatEndpoint {
  public:
    Result<endpoints::ChatReply> chat(const endpoints::ChatRequest& request) override {
        ++calls;
        const auto material = json::parse(request.messages.at(1).content).value();
        json::Value first = json::Value::object();
        first["text"] = *material.at("/quotes/0/text");
        first["quotes"].push_back(1);
        json::Value second = json::Value::object();
        second["text"] = "Kommunen betalar allt.";
        second["quotes"].push_back(1);
        json::Value reply = json::Value::object();
        reply["sentences"].push_back(std::move(first));
        reply["sentences"].push_back(std::move(second));
        return endpoints::ChatReply{json::write(reply), "served", 300, 30, false};
    }
    int calls = 0;
};

// The same house with that model connected.
struct WithModel : Fixture {
    Obliging* model = nullptr;
    std::unique_ptr<endpoints::Pool> pool;
    std::unique_ptr<AnswerWriter> writer;
    std::unique_ptr<DocumentAnswerer> writing;

    WithModel() {
        auto endpoint = std::make_unique<Obliging>();
        model = endpoint.get();
        endpoints::EndpointSettings settings;
        settings.name = "lokal";
        settings.model = "m";
        std::vector<endpoints::Pool::Member> members;
        members.push_back({settings, std::move(endpoint)});
        pool = std::make_unique<endpoints::Pool>(std::move(members));
        writer = std::make_unique<AnswerWriter>(*pool, endpoints::Rules{},
                                                quote_check(text::shipped_alone, model::shipped_embedding()));
        writing = std::make_unique<DocumentAnswerer>(shelf, shelf, desk, meter, text::shipped_alone,
                                                     &model::shipped_embedding(), writer.get());
    }
    Result<Answer> ask_model(const std::string& question, const std::string& name = {}) {
        return writing->answer(rut, {question, {}, parse_date("2026-11-22").value(), {}, name});
    }
};

}  // namespace

TEST_CASE("a model words what is answered, and what it makes up is in the record alone") {
    WithModel house;
    const auto answer = house.ask_model("Hur hög får en altan vara utan bygglov?").value();
    REQUIRE(answer.wording.has_value());
    CHECK(answer.wording->written);
    CHECK(answer.wording->dropped == 1);
    CHECK(answer.answer == "Bygglov krävs inte för en altan som är högst 1,8 meter hög.");
    REQUIRE(answer.citations.size() == 1);
    CHECK(answer.citations[0].path == "5.2 Altaner");
    const auto entries = house.record.entries({}).value();
    CHECK(entries.front().content.find("Kommunen betalar allt.") != std::string::npos);
    CHECK(entries.front().content.find("orden finns inte i citaten: ”betalar”") != std::string::npos);
    const auto draft = house.desk.proposal(house.rut, desk::ProposalId(answer.proposal.value())).value();
    CHECK(draft.made.model == "kansli-quotes/1+m");
    CHECK(draft.text == answer.answer);
    CHECK(draft.text.find("betalar") == std::string::npos);
}

TEST_CASE("no model is asked about what is refused, what is closed, or when none is wanted") {
    WithModel house;
    CHECK_FALSE(house.ask_model("Hur många rymdfärjor finns?").value().wording.has_value());
    CHECK_FALSE(
        house.ask_model("Hur hög får en altan vara utan bygglov?", "none").value().wording.has_value());
    house.shelf.restricted = documents::DocumentId("d0");
    const auto closed = house.ask_model("Hur hög får en altan vara utan bygglov?").value();
    CHECK_FALSE(closed.wording->written);
    CHECK(closed.wording->reason->find("konfidentiell") != std::string::npos);
    CHECK_FALSE(closed.citations.empty());
    CHECK(house.model->calls == 0);
    CHECK(house.ask_model("Hur hög?", "okänd").error().code == ErrorCode::invalid_input);
}
