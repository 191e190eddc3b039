#include "assistants/writer.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "assistants/quote_check.hpp"
#include "model/shipped.hpp"

using namespace kansli;
using namespace kansli::assistants;

namespace {

SentenceCheck checked() {
    return quote_check(text::shipped_alone, model::shipped_embedding());
}

// A model that writes what it is told to; remembers what it got.
class Double final : public endpoints::ChatEndpoint {
  public:
    Result<endpoints::ChatReply> chat(const endpoints::ChatRequest& request) override {
        got.push_back(request.messages.at(1).content);
        if (failure) return Failure(*failure);
        return endpoints::ChatReply{says, "m-1", 100, 20, false};
    }
    std::string says{};
    std::optional<Error> failure{};
    std::vector<std::string> got{};
};

struct Fixture {
    Double* model = nullptr;
    std::unique_ptr<endpoints::Pool> pool;
    endpoints::Rules rules{};
    Answer quoted{};

    explicit Fixture(endpoints::Label approved = {}) {
        auto endpoint = std::make_unique<Double>();
        model = endpoint.get();
        endpoints::EndpointSettings settings;
        settings.name = "lokal";
        settings.model = "m";
        settings.approved = approved;
        settings.kronor_per_1000_tokens = 1;
        std::vector<endpoints::Pool::Member> members;
        members.push_back({settings, std::move(endpoint)});
        pool = std::make_unique<endpoints::Pool>(std::move(members));
        Citation citation;
        citation.sentence = citation.quote = "Avgiften är 1 240 kronor.";
        citation.version = documents::VersionId("v1");
        quoted.answerable = true;
        quoted.citations = {citation};
    }

    Writing write(const std::string& question = "Vad är avgiften?", AnswerWriter::Origin origin = {}) {
        return AnswerWriter(*pool, rules, checked()).write({}, {.text = question}, quoted, origin, {});
    }
};

std::string sentence(const std::string& text) {
    return R"({"sentences":[{"text":")" + text + R"(","quotes":[1]}]})";
}

}  // namespace

TEST_CASE("what holds is the answer, and the record tells how it came about") {
    Fixture fixture;
    fixture.model->says = sentence("Avgiften: 1 240 kronor.");
    const auto writing = fixture.write();
    CHECK(writing.record.written);
    REQUIRE(writing.citations.size() == 1);
    CHECK(writing.citations[0].sentence == "Avgiften: 1 240 kronor.");
    CHECK(writing.citations[0].quote == "Avgiften är 1 240 kronor.");
    CHECK(writing.record.endpoint == "lokal");
    CHECK(writing.record.served == "m-1");
    CHECK(writing.record.prompt_tokens == 100);
    CHECK(writing.record.kronor == doctest::Approx(0.12));
}

TEST_CASE("when nothing holds the quotes stay, and what was dropped is kept with its reason") {
    Fixture fixture;
    fixture.model->says = sentence("Avgiften är 9 kronor.");
    const auto writing = fixture.write();
    CHECK_FALSE(writing.record.written);
    CHECK(writing.citations.empty());
    CHECK_FALSE(writing.record.reason.empty());
    REQUIRE(writing.record.dropped.size() == 1);
    CHECK(writing.record.dropped[0].text == "Avgiften är 9 kronor.");
    CHECK_FALSE(writing.record.dropped[0].reason.empty());
    CHECK(writing.record.prompt_tokens == 100);
    for (const auto* reply : {"nonsens", "{\"sentences\":[]}"}) {
        fixture.model->says = reply;
        CHECK_FALSE(fixture.write().record.written);
    }
}

TEST_CASE("when nobody answers the quotes stay") {
    Fixture fixture;
    fixture.model->failure = Error{ErrorCode::not_found, "Modellen finns inte."};
    const auto writing = fixture.write();
    CHECK_FALSE(writing.record.written);
    CHECK(writing.record.reason == "Modellen finns inte.");
}

TEST_CASE("the class of sources, asker, collections, question and quotes decides, and the highest wins") {
    using access::InformationClass;
    const auto refused = [](Fixture& fixture, const std::string& question, AnswerWriter::Origin origin) {
        fixture.model->says = sentence("Avgiften är 1 240 kronor.");
        const auto writing = fixture.write(question, std::move(origin));
        CHECK_FALSE(writing.record.written);
        CHECK(writing.record.reason.find("godkänd") != std::string::npos);
        CHECK(fixture.model->got.empty());
    };
    Fixture fixture;
    refused(fixture, "Vad?", {InformationClass::internal, {}});
    refused(fixture, "Vad är avgiften för Rut Andersson, 850312-2387?", {});
    fixture.rules.collections["hemtjanst"] = {InformationClass::open, true, false};
    refused(fixture, "Vad?", {InformationClass::open, {"hemtjanst"}});
    fixture.rules = {};
    fixture.rules.floor = {InformationClass::internal, false, false};
    refused(fixture, "Vad?", {});
    fixture.rules = {};
    fixture.quoted.secrecy = "OSL 26 kap. 1 §";
    refused(fixture, "Vad?", {});
    fixture.quoted.secrecy.clear();
    fixture.quoted.citations[0].quote = "Avgiften betalas av\nRut Andersson.";
    refused(fixture, "Vad?", {});
    Fixture approved({InformationClass::secret, true, true});
    approved.model->says = sentence("Avgiften är 1 240 kronor.");
    CHECK(
        approved.write("Vad är avgiften för Rut Andersson?", {InformationClass::secret, {}}).record.written);
}
