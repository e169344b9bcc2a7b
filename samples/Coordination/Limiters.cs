using System.Threading.RateLimiting;
using Polly;
using Polly.RateLimiting;

namespace Coordination;

/// <summary>A rate limiter of Polly in front of a tamed call.</summary>
public static partial class Limiters
{
    #region limiter
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        using var limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = 2, Window = TimeSpan.FromMinutes(1) });
        var pipeline = new ResiliencePipelineBuilder().AddRateLimiter(limiter).Build();
        for (int i = 1; i <= 3; i++)
        {
            try
            {
                twait((Event e) => e.Start(token => AskAsync(pipeline, token)));
                output.WriteLine($"{Programs.Now}: call {i} is answered");
            }
            catch (RateLimiterRejectedException)
            {
                output.WriteLine($"{Programs.Now}: call {i} is one too many");
            }
        }
        done.Trigger();
    }

    private static async Task AskAsync(ResiliencePipeline pipeline, CancellationToken token)
    {
        var loop = EventLoop.Current!;
        await pipeline.ExecuteAsync(async (CancellationToken inner) => await loop.InvokeAsync(Ask, inner), token);
    }

    [Tamed] private static partial void Ask(Event done);

    private static void AskBody(Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        done.Trigger();
    }
    #endregion
}
