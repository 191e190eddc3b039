#include "endpoints/detail/reply_reader.hpp"

#include <utility>

#include "core/ascii.hpp"

namespace kansli::endpoints::detail {

namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20U;
constexpr std::size_t longest_text = std::size_t{256} << 10U;
constexpr json::ParseLimits limits{.bytes = std::size_t{4} << 20U, .depth = 32};

Error garbage() {
    return {ErrorCode::corrupt,
            "Språkmodellens server svarade med något som inte följer protokollet.",
            {},
            "Kontrollera att url i models.toml leder till ett OpenAI-kompatibelt gränssnitt."};
}

std::int64_t count_at(const json::Value& object, std::string_view pointer) {
    const auto* value = object.at(pointer);
    return value == nullptr ? 0 : value->as_integer().value_or(0);
}

const std::string* text_at(const json::Value& object, std::string_view pointer) {
    const auto* value = object.at(pointer);
    return value == nullptr ? nullptr : value->as_string();
}

}  // namespace

bool ReplyReader::refuse(Error error) {
    if (!failure_) failure_ = std::move(error);
    return false;
}

bool ReplyReader::feed(std::string_view bytes) {
    if (failure_) return false;
    if (!begun_) {
        while (!bytes.empty() && is_ascii_space(bytes.front()))
            bytes.remove_prefix(1);
        if (bytes.empty()) return true;
        begun_ = true;
        is_stream_ = bytes.front() != '{';
    }
    pending_.append(bytes);
    if (!is_stream_) return pending_.size() <= limits.bytes || refuse(garbage());
    std::size_t at = 0;
    for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n', at)) {
        std::string_view line(pending_.data() + at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!take_line(line)) return false;
        at = end + 1;
    }
    pending_.erase(0, at);
    return pending_.size() <= longest_line || refuse(garbage());
}

bool ReplyReader::take_line(std::string_view line) {
    if (line.empty()) return take_event();
    if (line.starts_with(':')) return true;  // a comment, to keep the line open
    const auto colon = line.find(':');
    const auto field = line.substr(0, colon);
    if (colon == std::string_view::npos) return refuse(garbage());
    if (field == "event" || field == "id" || field == "retry") return true;
    if (field != "data" || data_.size() + line.size() > longest_line) return refuse(garbage());
    line.remove_prefix(colon + 1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    data_ += line;
    return true;
}

bool ReplyReader::take_event() {
    if (data_.empty()) return true;
    const auto data = std::exchange(data_, {});
    if (data == "[DONE]") {
        done_ = true;
        return true;
    }
    const auto object = json::parse(data, limits);
    if (!object) return refuse(garbage());
    return take_object(*object, "/choices/0/delta/content");
}

bool ReplyReader::take_object(const json::Value& object, std::string_view part) {
    if (object.as_object() == nullptr) return refuse(garbage());
    if (const auto* error = object.find("error"); error != nullptr && !error->is_null())
        return refuse({ErrorCode::busy, "Språkmodellens server avbröt svaret.", {}, {}});
    if (const auto* model = text_at(object, "/model"); model != nullptr && model->size() <= 200)
        reply_.model = *model;
    if (const auto* reason = text_at(object, "/choices/0/finish_reason")) finish_reason_ = *reason;
    if (const auto* usage = object.find("usage"); usage != nullptr && !usage->is_null()) {
        reply_.prompt_tokens = count_at(*usage, "/prompt_tokens");
        reply_.completion_tokens = count_at(*usage, "/completion_tokens");
    }
    const auto* text = text_at(object, part);
    if (text == nullptr || text->empty()) return true;
    if (reply_.text.size() + text->size() > longest_text) return refuse(garbage());
    reply_.text += *text;
    if (on_text_) on_text_(*text);
    return true;
}

Result<ChatReply> ReplyReader::finish() {
    if (!failure_ && is_stream_) {
        if (take_line(std::exchange(pending_, {}))) (void)take_event();
    } else if (!failure_ && begun_) {
        const auto object = json::parse(pending_, limits);
        if (!object) {
            (void)refuse(garbage());
        } else {
            (void)take_object(*object, "/choices/0/message/content");
        }
    }
    if (failure_) return Failure(*failure_);
    if (!done_ && finish_reason_.empty())
        return fail(ErrorCode::unavailable, "Språkmodellens svar bröts innan det var helt.");
    if (finish_reason_ == "length") {
        return fail(ErrorCode::corrupt, "Språkmodellens svar blev längre än vad som är tillåtet.", {},
                    "Höj most_tokens i models.toml.");
    }
    if (reply_.text.empty()) return fail(ErrorCode::corrupt, "Språkmodellen svarade ingenting.");
    return std::move(reply_);
}

}  // namespace kansli::endpoints::detail
