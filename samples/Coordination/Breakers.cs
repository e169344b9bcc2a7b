using Polly;
using Polly.CircuitBreaker;

namespace Coordination;

/// <summary>A circuit breaker of Polly around a tamed call.</summary>
public static partial class Breakers
{
    #region breaker
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var breaker = new CircuitBreakerStrategyOptions { MinimumThroughput = 2, FailureRatio = 1, BreakDuration = TimeSpan.FromSeconds(5) };
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = EventLoop.Current!.TimeProvider }.AddCircuitBreaker(breaker).Build();
        for (int i = 0; i < 5; i++)
        {
            try
            {
                twait((Event<string> e) => e.Start(token => AskAsync(pipeline, token)), out string answer);
                output.WriteLine($"{Programs.Now}: {answer}");
            }
            catch (IOException e)
            {
                output.WriteLine($"{Programs.Now}: {e.Message}");
            }
            catch (BrokenCircuitException)
            {
                output.WriteLine($"{Programs.Now}: not asked");
            }
            twait(e => timer(TimeSpan.FromSeconds(2), e));
        }
        done.Trigger();
    }

    private static async Task<string> AskAsync(ResiliencePipeline pipeline, CancellationToken token)
    {
        var loop = EventLoop.Current!;
        return await pipeline.ExecuteAsync(async (CancellationToken inner) => await loop.InvokeAsync<string>(Ask, inner), token);
    }

    [Tamed] private static partial void Ask(Event<string> answer);

    private static void AskBody(Event<string> answer)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        if (EventLoop.Current!.TimeProvider.GetElapsedTime(0) < TimeSpan.FromSeconds(8))
            throw new IOException("the server is down");
        answer.Trigger("an answer");
    }
    #endregion
}
