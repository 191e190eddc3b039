#include "http/detail/stream_channel.hpp"

namespace kansli::http::detail {

bool StreamChannel::send(const Event& event) {
    const auto text = format_event(event);
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return !wake_ || waiting_.size() < room; });
    if (!wake_) return false;
    waiting_ += text;
    wake_();
    return true;
}

void StreamChannel::finish() {
    const std::scoped_lock lock(mutex_);
    finished_ = true;
    if (wake_) wake_();
}

bool StreamChannel::take(std::string& out) {
    const std::scoped_lock lock(mutex_);
    out += waiting_;
    waiting_.clear();
    taken_.notify_all();
    return wake_ && !finished_;
}

void StreamChannel::close() {
    const std::scoped_lock lock(mutex_);
    wake_ = nullptr;
    taken_.notify_all();
}

}  // namespace kansli::http::detail
