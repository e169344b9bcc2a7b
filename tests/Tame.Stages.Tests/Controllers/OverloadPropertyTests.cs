using CsCheck;
using static Tame.Stages.Tests.Controllers.Admission;

namespace Tame.Stages.Tests.Controllers;

public sealed class OverloadPropertyTests
{
    private static readonly double[] s_gains = [0, 0.1, 0.5, 1];

    /// <summary>Requests and answers in any order: how many milliseconds after the one before, whether it is an answer, how slow that is, the class.</summary>
    private static readonly Gen<(int Pause, bool IsAnswer, int Took, int Class)[]> s_steps =
        Gen.Select(Gen.Frequency((9, Gen.Int[0, 30]), (1, Gen.Int[0, 3000])), Gen.Bool, Gen.OneOf(Gen.Int[0, 400], Gen.Int[0, 20_000]), Gen.Int[0, 1]).Array[0, 500];

    private static readonly Gen<OverloadOptions> s_options =
        Gen.Select(Gen.Int[0, 3].Select(at => s_gains[at]), Gen.Int[1, 20], Gen.Double[0.1, 100], Gen.Double[0, 500]).Select((gain, samples, min, more) => new OverloadOptions
        {
            Targets = [Seconds(0.2), Seconds(2)],
            Gain = gain,
            Samples = samples,
            Increase = 5,
            MinRate = min,
            InitialRate = min + more / 2,
            MaxRate = min + more,
        });

    [Fact]
    public void Whatever_happens_the_rate_stays_within_its_bounds_and_the_bucket_within_its_depth() =>
        Gen.Select(s_options, s_steps).Sample((options, steps) =>
        {
            var controller = new OverloadController(options);
            Play(controller, steps, (_, now) =>
            {
                for (int requestClass = 0; requestClass < 2; requestClass++)
                {
                    double rate = controller.Rate(requestClass);
                    Assert.InRange(rate, options.MinRate, options.MaxRate);
                    Assert.InRange(controller.Tokens(requestClass), 0, Math.Max(10, rate * options.Targets[requestClass].TotalSeconds / 10));
                    Assert.InRange(controller.RetryAfter(requestClass, now), TimeSpan.Zero, options.MaxRetryAfter);
                }
            });
        }, iter: 2000);

    [Fact]
    public void No_more_is_admitted_than_the_highest_rate_and_the_depth_allow() =>
        Gen.Select(s_options, s_steps).Sample((options, steps) =>
        {
            int[] admitted = new int[2];
            Play(new OverloadController(options with { Depth = 10 }), steps, (requestClass, now) =>
            {
                admitted[requestClass]++;
                Assert.True(admitted[requestClass] <= options.MaxRate * now.TotalSeconds + 10 + 1e-6, $"{admitted[requestClass]} in {now}");
            });
        }, iter: 2000);

    /// <summary>Of two controllers with the same past, the one whose next answers are slower admits no more.</summary>
    [Fact]
    public void Slower_answers_never_raise_the_rate() =>
        Gen.Select(s_options, s_steps, Gen.Int[0, 5000], Gen.Int[0, 5000]).Sample((options, steps, took, longer) =>
        {
            var (fast, slow) = (new OverloadController(options), new OverloadController(options));
            var now = Play(fast, steps, (_, _) => { });
            Play(slow, steps, (_, _) => { });
            now += Seconds(2);
            Next(fast, options, took, now);
            Next(slow, options, took + longer, now);
            Assert.True(slow.Rate(0) <= fast.Rate(0), $"{slow.Rate(0)} after {took + longer} ms, {fast.Rate(0)} after {took} ms");
        }, iter: 5000);

    [Fact]
    public void After_the_time_that_it_tells_a_request_is_admitted() =>
        Gen.Select(s_options, s_steps).Sample((options, steps) =>
        {
            var controller = new OverloadController(options with { MaxRetryAfter = TimeSpan.FromDays(1), Window = Seconds(100) });
            var now = Play(controller, steps, (_, _) => { });
            now += controller.RetryAfter(0, now);
            Assert.True(controller.TryAdmit(0, now));
        }, iter: 2000);

    private static void Next(OverloadController controller, OverloadOptions options, int took, TimeSpan now)
    {
        for (int i = 0; i < options.Samples; i++)
            controller.Observe(0, TimeSpan.FromMilliseconds(took), now);
    }

    /// <summary>Plays the steps; tells of each request that was admitted. Answers need no request before them.</summary>
    private static TimeSpan Play(OverloadController controller, (int Pause, bool IsAnswer, int Took, int Class)[] steps, Action<int, TimeSpan> admitted)
    {
        var now = TimeSpan.Zero;
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(step.Pause);
            if (step.IsAnswer)
                controller.Observe(step.Class, TimeSpan.FromMilliseconds(step.Took), now);
            else if (controller.TryAdmit(step.Class, now))
                admitted(step.Class, now);
        }
        return now;
    }
}
