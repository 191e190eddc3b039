#include "endpoints/settings.hpp"

#include <string>

#include <doctest/doctest.h>

#include "core/file.hpp"

using namespace kansli;
using namespace kansli::endpoints;
using access::InformationClass;

namespace {

constexpr auto whole = R"(
order = ["moln", "lokal"]
least = ["internal"]

[departments]
"Socialförvaltningen" = ["confidential", "personal_data"]
[groups]
jurister = ["secrecy"]
[collections]
hemtjanst = ["personal_data"]

[lokal]
url = "http://127.0.0.1:8080/v1/"
model = "gemma-4-12b"
approved = ["confidential", "personal_data", "secrecy"]
watt_hours_per_1000_tokens = 0.9
parallel = 2

[moln]
url = "https://api.example.se/v1/chat/completions"
model = "stor"
key_file = "moln.key"
approved = ["open"]
kronor_per_1000_tokens = 0.02
seconds = 30
)";

std::string problem(const std::string& toml) {
    const auto settings = parse_model_settings(toml, "models.toml");
    REQUIRE_FALSE(settings.has_value());
    CHECK(settings.error().code == ErrorCode::invalid_input);
    return to_line(settings.error());
}

const std::string good = "url = \"http://localhost:1/v1\"\nmodel = \"m\"\n";

}  // namespace

TEST_CASE("the file names endpoints in their order, and rules") {
    const auto settings = parse_model_settings(whole, "models.toml").value();
    REQUIRE(settings.endpoints.size() == 2);
    const auto& cloud = settings.endpoints[0];
    CHECK(cloud.name == "moln");
    CHECK(cloud.url == "https://api.example.se/v1");
    CHECK(cloud.host == "api.example.se");
    CHECK_FALSE(cloud.internal);
    CHECK(cloud.approved == Label{});
    CHECK(cloud.patience == std::chrono::seconds(30));
    const auto& local = settings.endpoints[1];
    CHECK(local.url == "http://127.0.0.1:8080/v1");
    CHECK(local.internal);
    CHECK(local.approved == Label{InformationClass::confidential, true, true});
    CHECK(local.parallel == 2);

    access::Caller caller;
    CHECK(label_by_rules(settings.rules, caller, {}) == Label{InformationClass::internal, false, false});
    CHECK(label_by_rules(settings.rules, caller, {"hemtjanst"}).personal_data);
    caller.department = "Socialförvaltningen";
    caller.groups = {"jurister"};
    CHECK(label_by_rules(settings.rules, caller, {}) == Label{InformationClass::confidential, true, true});
}

TEST_CASE("what is not said is the least: an endpoint without approval gets only what is open") {
    const auto settings = parse_model_settings("[a]\n" + good, "models.toml").value();
    CHECK(settings.endpoints[0].approved == Label{});
}

TEST_CASE("what is wrong is told with its place") {
    CHECK(problem("[a]\n" + good + "aproved = []\n").find("a.aproved") != std::string::npos);
    CHECK(problem("[a]\n" + good + "approved = [\"hemlig\"]\n").find("”hemlig”") != std::string::npos);
    CHECK(problem("[a]\nmodel = \"m\"\n").find("url saknas") != std::string::npos);
    CHECK(problem("[a]\nurl = \"http://a@localhost/v1\"\nmodel = \"m\"\n").find("url") != std::string::npos);
    CHECK(problem("[a]\nurl = \"http://localhost/v1\"\n").find("model saknas") != std::string::npos);
    CHECK(problem("[a]\nurl = \"http://llm.example.se/v1\"\nmodel = \"m\"\n").find("https://") !=
          std::string::npos);
    CHECK(problem("[a]\n" + good + "parallel = 0\n").find("a.parallel") != std::string::npos);
    CHECK(problem("[a]\n" + good + "kronor_per_1000_tokens = -1\n").find("kronor") != std::string::npos);
    CHECK(problem("[a]\n" + good + "key_file = \"k\"\nkey_variable = \"K\"\n").find("antingen") !=
          std::string::npos);
    CHECK(problem("order = [\"b\"]\n[a]\n" + good).find("”b”") != std::string::npos);
    CHECK(problem("least = [\"intern\"]\n").find("least") != std::string::npos);
    CHECK(problem("[\"a b\"]\n" + good).find("a–z") != std::string::npos);
    CHECK(problem("[a\n").find("Rad 1") != std::string::npos);
}

TEST_CASE("without a file there are no endpoints") {
    const auto folder = TemporaryFolder::create().value();
    CHECK(read_model_settings(folder.path() / "models.toml").value().endpoints.empty());
}

TEST_CASE("a key is read where the settings say, without the line end") {
    const auto folder = TemporaryFolder::create().value();
    EndpointSettings endpoint;
    CHECK(read_key(endpoint, folder.path()).value().empty());
    endpoint.key_file = "moln.key";
    CHECK(read_key(endpoint, folder.path()).error().code == ErrorCode::not_found);
    REQUIRE(write_file(folder.path() / "moln.key", "\n").has_value());
    CHECK(read_key(endpoint, folder.path()).error().code == ErrorCode::invalid_input);
    REQUIRE(write_file(folder.path() / "moln.key", "hemlig-nyckel\n").has_value());
    CHECK(read_key(endpoint, folder.path()).value() == "hemlig-nyckel");
    endpoint.key_file.clear();
    endpoint.key_variable = "KANSLI_NO_SUCH_VARIABLE";
    CHECK_FALSE(read_key(endpoint, folder.path()).has_value());
}
