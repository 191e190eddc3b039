#include "http/event_hub.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/hash.hpp"

namespace kansli::http {

// One event, formatted once for all who get it.
struct EventHub::Sent {
    std::uint64_t number = 0;
    bool progress = false;
    std::string text{};
};

struct EventHub::Topic {
    std::deque<std::shared_ptr<const Sent>> remembered{};
    std::vector<std::shared_ptr<Follower>> followers{};
    std::uint64_t last = 0;  // number of the last event
};

struct EventHub::State {
    mutable std::mutex mutex{};
    Limits limits{};
    std::string run{};  // differs between two runs of the program
    std::uint64_t count = 0;
    std::map<std::string, Topic, std::less<>> topics{};
};

class EventHub::Follower : public detail::EventSource, public std::enable_shared_from_this<Follower> {
  public:
    Follower(std::weak_ptr<State> state, std::string topic, std::size_t limit, std::function<void()> wake)
        : state_(std::move(state)), topic_(std::move(topic)), limit_(limit), wake_(std::move(wake)) {}

    void add(std::shared_ptr<const Sent> sent) {
        const std::scoped_lock lock(mutex_);
        if (!wake_) return;
        if (waiting_.size() >= limit_) drop_one();
        waiting_.push_back(std::move(sent));
        if (waiting_.size() == 1) wake_();
    }

    bool take(std::string& out) override {
        const std::scoped_lock lock(mutex_);
        for (const auto& sent : waiting_)
            out += sent->text;
        waiting_.clear();
        return static_cast<bool>(wake_);
    }

    void close() override {
        {
            const std::scoped_lock lock(mutex_);
            wake_ = nullptr;
            waiting_.clear();
        }
        const auto state = state_.lock();
        if (!state) return;
        const std::scoped_lock lock(state->mutex);
        const auto topic = state->topics.find(topic_);
        if (topic == state->topics.end()) return;
        std::erase_if(topic->second.followers,
                      [this](const auto& follower) { return follower.get() == this; });
        if (topic->second.followers.empty() && topic->second.remembered.empty()) state->topics.erase(topic);
    }

  private:
    void drop_one() {
        const auto progress = std::ranges::find_if(waiting_, [](const auto& sent) { return sent->progress; });
        waiting_.erase(progress != waiting_.end() ? progress : waiting_.begin());
    }

    std::weak_ptr<State> state_;
    std::string topic_;
    std::size_t limit_;
    std::mutex mutex_;
    std::function<void()> wake_;  // empty: closed
    std::deque<std::shared_ptr<const Sent>> waiting_;
};

namespace {

// The number in "run-number", when the run is this one.
std::optional<std::uint64_t> number_of(std::string_view id, std::string_view run) {
    if (!id.starts_with(run) || id.size() <= run.size() + 1 || id[run.size()] != '-') return std::nullopt;
    id.remove_prefix(run.size() + 1);
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (status != std::errc{} || end != id.data() + id.size()) return std::nullopt;
    return number;
}

}  // namespace

EventHub::EventHub() : EventHub(Limits{}) {
}

EventHub::EventHub(Limits limits) : state_(std::make_shared<State>()) {
    state_->limits = limits;
    state_->run = random_token(4);
}

EventHub::~EventHub() = default;

void EventHub::publish(std::string_view topic, const Event& event) {
    auto& state = *state_;
    const std::scoped_lock lock(state.mutex);
    if (!state.topics.contains(topic) && state.topics.size() >= state.limits.topics) {
        auto oldest = state.topics.end();
        for (auto place = state.topics.begin(); place != state.topics.end(); ++place) {
            const bool older = oldest == state.topics.end() || place->second.last < oldest->second.last;
            if (place->second.followers.empty() && older) oldest = place;
        }
        if (oldest != state.topics.end()) state.topics.erase(oldest);
    }
    auto& place = state.topics[std::string(topic)];
    place.last = ++state.count;
    const Event numbered{event.name, event.data, fmt::format("{}-{}", state.run, state.count)};
    auto sent = std::make_shared<const Sent>(
        Sent{state.count, event.name == "progress", detail::format_event(numbered)});
    for (const auto& follower : place.followers)
        follower->add(sent);
    place.remembered.push_back(std::move(sent));
    if (place.remembered.size() > state.limits.remembered) place.remembered.pop_front();
}

void EventHub::forget(std::string_view topic) {
    const std::scoped_lock lock(state_->mutex);
    const auto place = state_->topics.find(topic);
    if (place == state_->topics.end()) return;
    place->second.remembered.clear();
    if (place->second.followers.empty()) state_->topics.erase(place);
}

std::size_t EventHub::followers(std::string_view topic) const {
    const std::scoped_lock lock(state_->mutex);
    const auto place = state_->topics.find(topic);
    return place != state_->topics.end() ? place->second.followers.size() : 0;
}

std::shared_ptr<detail::EventSource> EventHub::follow(std::string_view topic, std::string_view last_event_id,
                                                      std::function<void()> wake) {
    auto& state = *state_;
    const std::scoped_lock lock(state.mutex);
    auto follower =
        std::make_shared<Follower>(state_, std::string(topic), state.limits.waiting, std::move(wake));
    auto& place = state.topics[std::string(topic)];
    const auto seen = number_of(last_event_id, state.run).value_or(0);
    for (const auto& sent : place.remembered) {
        const bool wanted = last_event_id.empty() ? sent == place.remembered.back() : sent->number > seen;
        if (wanted) follower->add(sent);
    }
    place.followers.push_back(follower);
    return follower;
}

}  // namespace kansli::http
