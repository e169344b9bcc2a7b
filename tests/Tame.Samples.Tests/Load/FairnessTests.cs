using CsCheck;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>Jain's index, as SEDA's slides define it: 1 where all clients are treated equally, k/n where k of n are and the others get nothing.</summary>
public sealed class FairnessTests
{
    [Theory]
    [InlineData(1.0, 5, 5, 5, 5)]
    [InlineData(0.25, 9, 0, 0, 0)]
    [InlineData(0.5, 0, 7, 0, 7)]
    [InlineData(0.9, 1, 2)]
    [InlineData(1.0, 0, 0)]
    public void The_index_of_a_few_clients(double expected, params int[] answers) => Assert.Equal(expected, Of(answers), 9);

    [Fact]
    public void The_index_is_k_of_n_where_k_are_treated_equally() => Gen.Select(Gen.Int[1, 50], Gen.Int[0, 50], Gen.Int[1, 1000]).Sample((served, starved, each) =>
        Math.Abs(Of([.. Enumerable.Repeat(each, served), .. Enumerable.Repeat(0, starved)]) - ((double)served / (served + starved))) < 1e-9);

    [Fact]
    public void The_index_does_not_change_with_the_order_or_the_time() => Gen.Int[0, 1000].Array[1, 20].Sample(answers =>
        Math.Abs(Of(answers) - Of([.. answers.Reverse().Select(count => count * 3)])) < 1e-9);

    private static double Of(int[] answers)
    {
        var tally = new AnswerTally(answers.Length);
        for (int i = 0; i < answers.Length; i++)
            tally.Answers[i] = answers[i];
        return tally.Fairness;
    }
}
