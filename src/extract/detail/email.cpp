// E-mail. gmime reads the message; its objects are counted references, released through Held.
#include "extract/detail/email.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <gmime/gmime.h>
#include <sys/stat.h>

#include "core/file.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr int deepest_message = 20;
constexpr std::size_t largest_text = std::size_t{32} << 20U;

struct Release {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Held = std::unique_ptr<T, Release>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};

void begin_library() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

std::string decoded_content(GMimePart* part, std::size_t limit) {
    auto* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Held<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return {reinterpret_cast<const char*>(bytes->data), std::min<std::size_t>(bytes->len, limit)};
}

// The text of a part in the character set that it names; what it names wrongly is guessed.
std::string text_of(GMimePart* part) {
    auto bytes = decoded_content(part, largest_text);
    if (text::is_valid_utf8(bytes)) return text::decode(bytes).text;
    const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    if (charset != nullptr) {
        gsize written = 0;
        const std::unique_ptr<char, FreeText> utf8(g_convert(bytes.data(), static_cast<gssize>(bytes.size()),
                                                             "UTF-8", charset, nullptr, &written, nullptr));
        if (utf8 != nullptr) return text::decode(std::string_view(utf8.get(), written)).text;
    }
    return text::decode(bytes).text;
}

class MessageReader {
  public:
    MessageReader(Writer& writer, const std::filesystem::path& workspace, const Limits& limits)
        : writer_(writer), workspace_(workspace), limits_(limits) {}

    Result<void> read(GMimeMessage* message) {
        describe(message);
        TRY(visit(g_mime_message_get_mime_part(message), 0));
        if (!plain_.empty()) {
            write_plain_text(writer_, plain_);
        } else if (!html_.empty()) {
            write_html(writer_, html_);
        }
        return {};
    }

  private:
    void describe(GMimeMessage* message) {
        const char* subject = g_mime_message_get_subject(message);
        if (subject != nullptr) {
            writer_.metadata("subject", text::decode(subject).text);
            writer_.extract().title = tidy(cut(text::decode(subject).text, 500));
        }
        describe_people(g_mime_message_get_from(message), "from");
        describe_people(g_mime_message_get_to(message), "to");
        describe_people(g_mime_message_get_cc(message), "cc");
        if (auto* date = g_mime_message_get_date(message)) {
            const std::unique_ptr<char, FreeText> shown(g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z"));
            if (shown != nullptr) writer_.metadata("date", shown.get());
        }
        if (const char* id = g_mime_message_get_message_id(message))
            writer_.metadata("message-id", text::decode(id).text);
    }

    void describe_people(InternetAddressList* people, std::string_view key) {
        if (people == nullptr) return;
        const std::unique_ptr<char, FreeText> shown(internet_address_list_to_string(people, nullptr, FALSE));
        if (shown != nullptr) writer_.metadata(key, text::decode(shown.get()).text);
    }

    Result<void> visit(GMimeObject* object, int depth) {
        if (object == nullptr) return {};
        if (depth > deepest_message) {
            writer_.warn("Meddelandet är för djupt nästlat; en del lästes inte.");
            return {};
        }
        if (GMIME_IS_MULTIPART(object)) {
            auto* multipart = GMIME_MULTIPART(object);
            for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
                TRY(visit(g_mime_multipart_get_part(multipart, i), depth + 1));
            return {};
        }
        if (GMIME_IS_MESSAGE_PART(object))
            return save_message(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)));
        if (GMIME_IS_PART(object)) return visit_part(GMIME_PART(object));
        return {};
    }

    Result<void> visit_part(GMimePart* part) {
        auto* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
        const char* disposition = g_mime_object_get_disposition(GMIME_OBJECT(part));
        const bool attached = (disposition != nullptr && std::string_view(disposition) == "attachment") ||
                              g_mime_part_get_filename(part) != nullptr;
        if (!attached && g_mime_content_type_is_type(type, "text", "plain")) {
            plain_.append(text_of(part)).append("\n\n");
            return {};
        }
        if (!attached && g_mime_content_type_is_type(type, "text", "html")) {
            html_.append(text_of(part));
            return {};
        }
        // Pictures inside the letter's layout have no name and are no attachments.
        if (!attached) return {};
        const char* name = g_mime_part_get_filename(part);
        return save(decoded_content(part, limits_.unpacked_bytes + 1), name == nullptr ? "bilaga" : name);
    }

    Result<void> save_message(GMimeMessage* message) {
        if (message == nullptr) return {};
        const Held<GMimeStream> memory(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(message), nullptr, memory.get());
        const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
        const char* subject = g_mime_message_get_subject(message);
        return save({reinterpret_cast<const char*>(bytes->data), bytes->len},
                    std::string(subject == nullptr ? "meddelande" : subject) + ".eml");
    }

    Result<void> save(std::string_view bytes, std::string_view name) {
        auto& files = writer_.extract().files;
        saved_ += bytes.size();
        if (std::ssize(files) >= limits_.files || saved_ > limits_.unpacked_bytes) {
            return fail(ErrorCode::too_large, "Meddelandets bilagor är för många eller för stora.", {},
                        "Spara bilagorna och ladda upp dem var för sig.");
        }
        auto path = workspace_ / std::to_string(files.size() + 1);
        TRY(write_file(path, bytes));
        files.push_back({tidy(cut(text::decode(name).text, 500)), std::move(path)});
        return {};
    }

    Writer& writer_;
    const std::filesystem::path& workspace_;
    const Limits& limits_;
    std::string plain_{};
    std::string html_{};
    std::size_t saved_ = 0;
};

}  // namespace

Result<Extract> read_email(std::string_view bytes, const std::filesystem::path& workspace,
                           const Limits& limits) {
    begin_library();
    Writer writer("eml", limits);
    const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (message == nullptr) {
        return fail(ErrorCode::corrupt, "E-postmeddelandet går inte att tolka.", {},
                    "Spara det på nytt från e-postprogrammet.");
    }
    TRY(MessageReader(writer, workspace, limits).read(message.get()));
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
