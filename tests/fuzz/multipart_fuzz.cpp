// A multipart form in pieces: the outcome must not depend on how it is cut, and limits must hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/multipart.hpp"

using namespace kansli;

namespace {

constexpr http::MultipartLimits limits{
    .files = 2, .file_bytes = 200, .fields = 3, .field_bytes = 100, .header_bytes = 150, .name_bytes = 20};

class Notes : public http::MultipartSink {
  public:
    Result<void> field(std::string name, std::string value) override {
        text += "F" + name + "=" + value + "\n";
        return {};
    }
    Result<void> begin_file(std::string field, std::string name, std::string content_type) override {
        text += "B" + field + ":" + name + ":" + content_type + "\n";
        return {};
    }
    Result<void> file_bytes(std::string_view bytes) override {
        size += bytes.size();
        if (size > limits.file_bytes) std::abort();
        text += bytes;
        return {};
    }
    Result<void> end_file() override {
        text += "E\n";
        return {};
    }
    std::string text;
    std::size_t size = 0;
};

// What was found, or why not.
std::string parse(std::string_view input, std::size_t piece) {
    Notes notes;
    http::MultipartParser parser("XX", limits, notes);
    while (!input.empty()) {
        const auto bytes = input.substr(0, piece);
        input.remove_prefix(bytes.size());
        if (const auto fed = parser.feed(bytes); !fed) return to_line(fed.error());
    }
    const auto end = parser.finish();
    return end ? notes.text : to_line(end.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = parse(input, input.size());
    if (parse(input, 1U + data[0] % 40U) != whole) std::abort();
    const auto boundary = http::multipart_boundary(input);
    if (boundary && (boundary->empty() || boundary->size() > 70)) std::abort();
    return 0;
}
