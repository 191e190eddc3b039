#include "model/embedding_trainer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <thread>
#include <utility>

#include <Eigen/Core>

#include "core/check.hpp"
#include "text/language.hpp"

namespace kansli::model {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Pieces = std::vector<std::uint32_t>;

struct CutPair {
    Pieces first{};
    Pieces second{};
    std::size_t answer = 0;  // the same for the same second text
};

// Adam (Kingma and Ba 2015) on the rows that a batch touched.
class Rows {
  public:
    Rows(std::size_t count, std::size_t dimensions, std::mt19937_64& lots)
        : values_(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(dimensions)),
          mean_(Matrix::Zero(values_.rows(), values_.cols())),
          square_(mean_) {
        for (Eigen::Index at = 0; at < values_.size(); ++at)
            values_.data()[at] = small_number(lots);
    }

    [[nodiscard]] const Matrix& values() const { return values_; }

    void step(const std::map<std::uint32_t, Eigen::RowVectorXf>& gradients, double rate) {
        ++steps_;
        const auto first = static_cast<float>(1 - std::pow(keep_mean, steps_));
        const auto second = static_cast<float>(1 - std::pow(keep_square, steps_));
        for (const auto& [row, gradient] : gradients) {
            mean_.row(row) = keep_mean * mean_.row(row) + (1 - keep_mean) * gradient;
            square_.row(row) = keep_square * square_.row(row) + (1 - keep_square) * gradient.cwiseAbs2();
            values_.row(row).array() -= static_cast<float>(rate) * (mean_.row(row).array() / first) /
                                        ((square_.row(row).array() / second).sqrt() + 1e-8F);
        }
    }

  private:
    static constexpr float keep_mean = 0.9F;
    static constexpr float keep_square = 0.999F;

    // Roughly normal, and the same with every standard library.
    static float small_number(std::mt19937_64& lots) {
        float sum = 0;
        for (int draw = 0; draw < 4; ++draw)
            sum += static_cast<float>(lots() >> 40U) / static_cast<float>(1U << 24U) - 0.5F;
        return 0.1F * sum;
    }

    Matrix values_;
    Matrix mean_;
    Matrix square_;
    int steps_ = 0;
};

void side_by_side(const std::function<void()>& one, const std::function<void()>& other) {
    std::jthread second(other);
    one();
}

Matrix sums(const Matrix& rows, const std::vector<const Pieces*>& texts) {
    Matrix sums = Matrix::Zero(static_cast<Eigen::Index>(texts.size()), rows.cols());
    for (std::size_t text = 0; text < texts.size(); ++text) {
        for (const auto piece : *texts[text])
            sums.row(static_cast<Eigen::Index>(text)) += rows.row(piece);
    }
    return sums;
}

// The first `size` dimensions at length one, with the lengths that they had.
struct Unit {
    Matrix vectors;
    Eigen::VectorXf lengths;

    Unit(const Matrix& sums, Eigen::Index size)
        : vectors(sums.leftCols(size)), lengths(vectors.rowwise().norm()) {
        lengths = lengths.cwiseMax(1e-6F);
        vectors.array().colwise() /= lengths.array();
    }

    // The gradient of the sums from that of the vectors.
    [[nodiscard]] Matrix back(const Matrix& gradient) const {
        const Eigen::VectorXf along = gradient.cwiseProduct(vectors).rowwise().sum();
        Matrix back = gradient - (vectors.array().colwise() * along.array()).matrix();
        back.array().colwise() /= lengths.array();
        return back;
    }
};

// Each row to shares that add up to one; what is masked gets none.
void to_shares(Matrix& scores) {
    const Eigen::VectorXf most = scores.rowwise().maxCoeff();
    scores = (scores.colwise() - most).array().exp().matrix();
    const Eigen::VectorXf all = scores.rowwise().sum();
    scores.array().colwise() /= all.array();
}

class Trainer {
  public:
    Trainer(const WordPieces& pieces, std::span<const TextPair> pairs, const TrainingOptions& options)
        : options_(options),
          lots_(options.seed),
          rows_(pieces.pieces().size(), options.dimensions, lots_),
          sizes_(options.nested) {
        CHECK_INVARIANT(options.batch > 0 && options.of_group > 0);
        std::erase_if(sizes_, [&](std::size_t size) { return size == 0 || size >= options.dimensions; });
        sizes_.push_back(options.dimensions);
        std::map<std::string, std::size_t> answers;
        for (const auto& pair : pairs) {
            CutPair cut{pieces_of(pair.first, pieces), pieces_of(pair.second, pieces), 0};
            if (cut.first.empty() || cut.second.empty()) continue;
            cut.answer = answers.try_emplace(pair.second, answers.size()).first->second;
            groups_[pair.group].push_back(pairs_.size());
            pairs_.push_back(std::move(cut));
        }
    }

    void run(const TrainingProgress& progress) {
        const std::size_t of_epoch =
            pairs_.size() / options_.batch + (pairs_.size() % options_.batch > 1 ? 1 : 0);
        TrainingStep done{0, of_epoch * static_cast<std::size_t>(options_.epochs), 0};
        for (int epoch = 0; epoch < options_.epochs; ++epoch) {
            const auto order = shuffled();
            for (std::size_t begin = 0; begin + 1 < order.size(); begin += options_.batch) {
                const double share = static_cast<double>(done.step) /
                                     static_cast<double>(std::max<std::size_t>(done.steps, 1));
                const auto size = std::min(options_.batch, order.size() - begin);
                done.loss = step(std::span(order).subspan(begin, size), options_.rate * (1 - 0.9 * share));
                ++done.step;
                if (progress) progress(done);
            }
        }
    }

    [[nodiscard]] std::span<const float> rows() const {
        return {rows_.values().data(), static_cast<std::size_t>(rows_.values().size())};
    }

  private:
    template <typename List>
    void shuffle(List& list) {
        for (std::size_t left = list.size(); left > 1; --left)
            std::swap(list[left - 1], list[lots_() % left]);
    }

    // Stretches of pairs of a group, in any order.
    std::vector<std::size_t> shuffled() {
        std::vector<std::vector<std::size_t>> stretches;
        for (auto& [group, members] : groups_) {
            shuffle(members);
            for (std::size_t at = 0; at < members.size(); at += options_.of_group) {
                const auto end = std::min(at + options_.of_group, members.size());
                stretches.emplace_back(members.begin() + static_cast<std::ptrdiff_t>(at),
                                       members.begin() + static_cast<std::ptrdiff_t>(end));
            }
        }
        shuffle(stretches);
        std::vector<std::size_t> order;
        for (const auto& stretch : stretches)
            order.insert(order.end(), stretch.begin(), stretch.end());
        return order;
    }

    double step(std::span<const std::size_t> batch, double rate) {
        std::vector<const Pieces*> firsts;
        std::vector<const Pieces*> seconds;
        for (const auto pair : batch) {
            firsts.push_back(&pairs_[pair].first);
            seconds.push_back(&pairs_[pair].second);
        }
        Matrix first;
        Matrix second;
        side_by_side([&] { first = sums(rows_.values(), firsts); },
                     [&] { second = sums(rows_.values(), seconds); });
        Matrix first_gradient = Matrix::Zero(first.rows(), first.cols());
        Matrix second_gradient = first_gradient;
        double loss = 0;
        for (const auto size : sizes_)
            loss += add_gradients(batch, static_cast<Eigen::Index>(size), first, second, first_gradient,
                                  second_gradient);
        std::map<std::uint32_t, Eigen::RowVectorXf> gradients;
        spread(firsts, first_gradient, gradients);
        spread(seconds, second_gradient, gradients);
        rows_.step(gradients, rate);
        return loss / static_cast<double>(sizes_.size());
    }

    static void spread(const std::vector<const Pieces*>& texts, const Matrix& gradient,
                       std::map<std::uint32_t, Eigen::RowVectorXf>& gradients) {
        for (std::size_t text = 0; text < texts.size(); ++text) {
            for (const auto piece : *texts[text]) {
                const auto [place, is_new] = gradients.try_emplace(piece);
                if (is_new) place->second = Eigen::RowVectorXf::Zero(gradient.cols());
                place->second += gradient.row(static_cast<Eigen::Index>(text));
            }
        }
    }

    // Two pairs with the same answer are no wrong answers to each other.
    void mask(std::span<const std::size_t> batch, Matrix& scores) const {
        std::map<std::size_t, std::vector<Eigen::Index>> same;
        for (std::size_t at = 0; at < batch.size(); ++at)
            same[pairs_[batch[at]].answer].push_back(static_cast<Eigen::Index>(at));
        for (const auto& [answer, places] : same) {
            for (const auto row : places) {
                for (const auto column : places) {
                    if (row != column) scores(row, column) = -1e4F;
                }
            }
        }
    }

    double add_gradients(std::span<const std::size_t> batch, Eigen::Index size, const Matrix& first,
                         const Matrix& second, Matrix& first_gradient, Matrix& second_gradient) const {
        const Unit a(first, size);
        const Unit b(second, size);
        const auto sharpness = static_cast<float>(options_.sharpness);
        const Eigen::Index half = a.vectors.rows() / 2;
        Matrix by_row(a.vectors.rows(), b.vectors.rows());
        side_by_side(
            [&] {
                by_row.topRows(half).noalias() = sharpness * a.vectors.topRows(half) * b.vectors.transpose();
            },
            [&] {
                by_row.bottomRows(by_row.rows() - half).noalias() =
                    sharpness * a.vectors.bottomRows(by_row.rows() - half) * b.vectors.transpose();
            });
        mask(batch, by_row);
        Matrix by_column = by_row.transpose();
        side_by_side([&] { to_shares(by_row); }, [&] { to_shares(by_column); });
        const double loss = -0.5 * (by_row.diagonal().array().max(1e-30F).log().mean() +
                                    by_column.diagonal().array().max(1e-30F).log().mean());
        Matrix errors = by_row + by_column.transpose();
        errors.diagonal().array() -= 2;
        errors *= sharpness / (2 * static_cast<float>(errors.rows()));
        side_by_side([&] { first_gradient.leftCols(size) += a.back(errors * b.vectors); },
                     [&] { second_gradient.leftCols(size) += b.back(errors.transpose() * a.vectors); });
        return loss;
    }

    const TrainingOptions& options_;
    std::mt19937_64 lots_;
    Rows rows_;
    std::vector<std::size_t> sizes_;  // of the vectors that are trained, the whole one last
    std::vector<CutPair> pairs_{};
    std::map<std::uint32_t, std::vector<std::size_t>> groups_{};
};

}  // namespace

WordPieces learn_pieces(std::span<const TextPair> pairs, std::size_t size) {
    constexpr std::size_t longest_learned = 40;  // bytes; what is longer is an address or a mistake
    std::map<std::string, std::uint64_t> stems;
    const auto count = [&](std::string_view text) {
        for (const auto& token : text::words(text)) {
            if (text::is_stop_word(token.folded)) continue;
            if (auto stem = text::stem(token.folded); stem.size() < longest_learned) ++stems[std::move(stem)];
        }
    };
    for (const auto& pair : pairs) {
        count(pair.first);
        count(pair.second);
    }
    return WordPieces::learn(stems, size);
}

StaticEmbedding train_embedding(WordPieces pieces, std::span<const TextPair> pairs,
                                const TrainingOptions& options, const TrainingProgress& progress) {
    Trainer trainer(pieces, pairs, options);
    trainer.run(progress);
    return {std::move(pieces), options.dimensions, trainer.rows()};
}

}  // namespace kansli::model
