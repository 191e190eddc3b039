#include "http/multipart.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

using namespace kansli;
using http::MultipartLimits;
using http::MultipartParser;

namespace {

// Writes down what it is told, with the pieces of a file joined.
class Notes : public http::MultipartSink {
  public:
    Result<void> field(std::string name, std::string value) override {
        text += fmt::format("field {}={}\n", name, value);
        return {};
    }
    Result<void> begin_file(std::string field, std::string name, std::string content_type) override {
        text += fmt::format("file {} {} {}: ", field, name, content_type);
        return {};
    }
    Result<void> file_bytes(std::string_view bytes) override {
        text += bytes;
        return {};
    }
    Result<void> end_file() override {
        text += "\n";
        return {};
    }
    std::string text;
};

// The notes, or the error as a line. `cuts` are the sizes of the pieces; the rest comes as one.
std::string parse(std::string_view input, const MultipartLimits& limits = {},
                  const std::vector<std::size_t>& cuts = {}) {
    Notes notes;
    MultipartParser parser("XX", limits, notes);
    for (const auto cut : cuts) {
        const auto piece = input.substr(0, cut);
        input.remove_prefix(piece.size());
        if (const auto fed = parser.feed(piece); !fed) return to_line(fed.error());
    }
    if (const auto fed = parser.feed(input); !fed) return to_line(fed.error());
    const auto end = parser.finish();
    return end ? notes.text : to_line(end.error());
}

std::string part(std::string_view header, std::string_view content) {
    return fmt::format("--XX\r\nContent-Disposition: form-data; {}\r\n\r\n{}\r\n", header, content);
}

// Content made of what boundaries are made of.
std::string treacherous(const std::vector<int>& pieces) {
    static const std::vector<std::string> all = {"\r", "\n",     "-",        "--XX",   "\r\n--X", "X",
                                                 "a",  "\r\n--", "\r\n\r\n", "--XX--", "\r\r\n--"};
    std::string text;
    for (const int piece : pieces)
        text += all[static_cast<std::size_t>(piece) % all.size()];
    return text;
}

}  // namespace

TEST_CASE("fields and files come out in their order") {
    const auto input =
        part("name=\"title\"", "Bygglov på landet") +
        part("name=\"file\"; filename=\"ritning å.pdf\"\r\nContent-Type: application/pdf", "%PDF\r\n1") +
        part("name=file; filename=b.txt", "") + "--XX--\r\n";
    CHECK(parse(input, {.files = 2}) ==
          "field title=Bygglov på landet\nfile file ritning å.pdf application/pdf: %PDF\r\n1\n"
          "file file b.txt application/octet-stream: \n");
    CHECK(parse("--XX--") == "");
    CHECK(parse("preamble\r\n--XX  \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--epilogue") ==
          "field a=1\n");
}

TEST_CASE("names are read as browsers write them") {
    CHECK(parse(part("name=\"f\"; filename=\"a%22b%0D%0A.txt\"", "") + "--XX--") ==
          "file f a\"b.txt application/octet-stream: \n");
    CHECK(parse(part("name=\"f\"; filename=\"a\\\"b\\c.txt\"", "") + "--XX--") ==
          "file f a\"b\\c.txt application/octet-stream: \n");
    CHECK(parse(part("name=\"f\"; filename=\"\"", "") + "--XX--") == "file f  application/octet-stream: \n");
    CHECK(http::multipart_boundary("multipart/form-data; charset=utf-8; boundary=\"a b\"").value() == "a b");
    for (const auto* wrong :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
          "multipart/form-data; boundary=a\"b", "multipart/form-data; boundary=\"a \""}) {
        CHECK_FALSE(http::multipart_boundary(wrong).has_value());
    }
    CHECK_FALSE(
        http::multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')).has_value());
}

TEST_CASE("however the input is cut, the result is the same") {
    CHECK(rc::check([](const std::vector<int>& first, const std::vector<int>& second) {
        const auto clean = [](std::string text) {
            // The delimiter itself cannot be content.
            for (auto at = text.find("\r\n--XX"); at != text.npos; at = text.find("\r\n--XX"))
                text.erase(at, 2);
            return text.starts_with("--XX") ? "a" + text : text;
        };
        const auto a = clean(treacherous(*rc::gen::just(first)));
        const auto b = clean(treacherous(second));
        const auto input = "\r\n" + part("name=a; filename=x", a) + part("name=b", b) + "--XX--\r\n";
        const auto whole = parse(input);
        RC_ASSERT(whole == fmt::format("file a x application/octet-stream: {}\nfield b={}\n", a, b));
        const auto cuts = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 9));
        RC_ASSERT(parse(input, {}, cuts) == whole);
        RC_ASSERT(parse(input, {}, std::vector<std::size_t>(input.size(), 1)) == whole);
    }));
}

TEST_CASE("however damaged input is cut, the outcome is the same") {
    CHECK(rc::check([](const std::vector<int>& pieces) {
        auto input = part("name=a; filename=x", "1") + part("name=b", treacherous(pieces)) + "--XX--\r\n";
        const auto at = *rc::gen::inRange<std::size_t>(0, input.size());
        input.erase(at, *rc::gen::inRange<std::size_t>(0, 5));
        const MultipartLimits limits{
            .file_bytes = 20, .field_bytes = 20, .header_bytes = 60, .name_bytes = 5};
        RC_ASSERT(parse(input, limits, std::vector<std::size_t>(input.size(), 1)) == parse(input, limits));
    }));
}

TEST_CASE("malformed input is told apart from input over a limit") {
    const auto good = part("name=a; filename=x", "12345") + "--XX--";
    CHECK(parse(good.substr(0, good.size() - 1)).find("tar slut för tidigt") != std::string::npos);
    CHECK(parse("").find("tar slut för tidigt") != std::string::npos);
    CHECK(parse("--XX\r\n\r\n1\r\n--XX--").find("saknar Content-Disposition") != std::string::npos);
    CHECK(parse("--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--").find("saknar namn") !=
          std::string::npos);
    CHECK(parse("--XX\r\nContent-Disposition: inline; name=a\r\n\r\n1\r\n--XX--").find("inte form-data") !=
          std::string::npos);
    CHECK(parse(part("name=a; name=b", "1") + "--XX--").find("saknar namn") != std::string::npos);
    CHECK(parse("--XX\r\nnonsense\r\n\r\n1\r\n--XX--").find("saknar kolon") != std::string::npos);
    CHECK(parse("--XXY\r\n").find("följs av något annat") != std::string::npos);
    CHECK(parse(std::string(20'000, 'a')).find("gränsmärket kommer inte") != std::string::npos);
    CHECK(parse(part("name=a\r\nContent-Transfer-Encoding: base64", "MQ==") + "--XX--").find("inte stöds") !=
          std::string::npos);

    CHECK(parse(good, {.files = 0}).find("Högst 0 filer") != std::string::npos);
    CHECK(parse(good, {.file_bytes = 5}) == "file a x application/octet-stream: 12345\n");
    CHECK(parse(good, {.file_bytes = 4}).find("större än 4 byte") != std::string::npos);
    CHECK(parse(part("name=a", "12") + part("name=b", "12") + "--XX--", {.field_bytes = 3})
              .find("större än 3") != std::string::npos);
    CHECK(parse(part("name=a", "") + part("name=b", "") + "--XX--", {.fields = 1}).find("fler än 1 fält") !=
          std::string::npos);
    CHECK(parse(part("name=aaaa", "") + "--XX--", {.name_bytes = 3}).find("längre än 3 byte") !=
          std::string::npos);
    CHECK(parse("--XX\r\n" + std::string(9000, 'a'), {}).find("är för stort") != std::string::npos);
}

TEST_CASE("memory stays flat: a large file passes in pieces") {
    class Counter : public Notes {
      public:
        Result<void> file_bytes(std::string_view bytes) override {
            count += bytes.size();
            most = std::max(most, bytes.size());
            return {};
        }
        std::size_t count = 0;
        std::size_t most = 0;
    };
    Counter counter;
    MultipartParser parser("XX", {.file_bytes = 1U << 30U}, counter);
    const std::string piece(64 * 1024, '\r');
    REQUIRE(parser.feed("--XX\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n").has_value());
    for (int i = 0; i < 200; ++i)
        REQUIRE(parser.feed(piece).has_value());
    REQUIRE(parser.feed("\r\n--XX--").has_value());
    CHECK(counter.count == 200 * piece.size());
    CHECK(counter.most <= piece.size() + 8);
}
