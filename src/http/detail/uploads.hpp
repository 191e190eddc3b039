#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "http/detail/descriptor.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"

namespace kansli::http::detail {

// Reads a multipart form into a request, its files straight to disk. Files that are still there when the object goes are
// removed: a handler keeps one by moving it away.
// Threads: one at a time.
class FormReader : public MultipartSink {
  public:
    FormReader(std::filesystem::path folder, std::string_view boundary, const MultipartLimits& limits);
    ~FormReader() override;
    FormReader(const FormReader&) = delete;
    FormReader& operator=(const FormReader&) = delete;

    [[nodiscard]] Result<void> feed(std::string_view bytes) { return parser_.feed(bytes); }
    // The input has ended: moves what was read to the request.
    [[nodiscard]] Result<void> finish(Request& request);

    Result<void> field(std::string name, std::string value) override;
    Result<void> begin_file(std::string field, std::string name, std::string content_type) override;
    Result<void> file_bytes(std::string_view bytes) override;
    Result<void> end_file() override;

  private:
    std::filesystem::path folder_;
    MultipartParser parser_;
    Descriptor file_{};
    std::map<std::string, std::string> fields_{};
    std::vector<UploadedFile> files_{};
    std::vector<std::filesystem::path> paths_{};  // every file that was made
};

}  // namespace kansli::http::detail
