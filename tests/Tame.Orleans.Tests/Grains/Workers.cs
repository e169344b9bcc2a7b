using Orleans.Concurrency;
using Orleans.Runtime;

namespace Tame.Orleans.Tests.Grains;

/// <summary>A grain without tamed code, which others call.</summary>
public interface IWorker : IGrainWithIntegerKey
{
    Task<int> Square(int value);

    Task<int> Never(CancellationToken token);

    Task Fail(string message);
}

[Reentrant]
internal sealed class WorkerGrain : Grain, IWorker
{
    public async Task<int> Square(int value)
    {
        await Task.Yield();
        return value * value;
    }

    public async Task<int> Never(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return 0;
    }

    public Task Fail(string message) => throw new FormatException(message);
}

/// <summary>A grain whose work is tamed: sums of the squares that workers compute, so many at a time.</summary>
public interface ISummer : IPlaced
{
    Task<long> Sum(int count, int window);

    /// <summary>As Sum, and between two waits checks that nothing else of this activation runs.</summary>
    Task<long> SumAlone(int count);

    Task<int> SquareWithin(TimeSpan limit);

    Task<string> Contexts(string expected);
}

[TamedGrain]
[Reentrant]
internal sealed partial class SummerGrain(ILocalSiloDetails silo, IGrainContextAccessor contexts) : Grain, ISummer
{
    private static readonly System.Diagnostics.ActivitySource s_activities = new("Tame.Orleans.Tests");
    private int _inside;
    private long _calls;

    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());

    public Task<long> Sum(int count, int window) => this.GetEventLoop().InvokeAsync<long>(sum => SumWindow(count, window, sum));

    public Task<long> SumAlone(int count) => this.GetEventLoop().InvokeAsync<long>(sum => SumWithoutOverlap(count, sum));

    public Task<int> SquareWithin(TimeSpan limit) => this.GetEventLoop().InvokeAsync<int>(done => NeverWithin(limit, done));

    public Task<string> Contexts(string expected) => this.GetEventLoop().InvokeAsync<string>(seen => ReadContexts(expected, seen));

    [Tamed] private partial void SumWindow(int count, int window, Event<long> sum);

    private void SumWindowBody(int count, int window, Event<long> sum)
    {
        using var answers = new Rendezvous<int>();
        var squares = new int[count];
        long total = 0;
        for (int sent = 0, received = 0; received < count;)
        {
            if (sent < count && sent - received < window)
            {
                GrainFactory.GetGrain<IWorker>(sent % 17).Square(sent).Trigger(mkevent(answers, sent, out squares[sent]));
                sent++;
                continue;
            }
            twait(answers, out int id);
            total += squares[id];
            received++;
        }
        sum.Trigger(total);
    }

    [Tamed] private partial void SumWithoutOverlap(int count, Event<long> sum);

    private void SumWithoutOverlapBody(int count, Event<long> sum)
    {
        long total = 0;
        for (int i = 0; i < count; i++)
        {
            Enter();
            int square = 0;
            switch (i % 3)
            {
                case 0:
                    twait(GrainFactory.GetGrain<IWorker>(i % 5).Square(i), out square);
                    break;
                case 1:
                    twait(e => asap(e));
                    square = i * i;
                    break;
                default:
                    twait(e => timer(TimeSpan.FromMilliseconds(1), e));
                    square = i * i;
                    break;
            }
            total += square;
        }
        sum.Trigger(total);
    }

    /// <summary>Code of the grain runs in its turns, one at a time, as code of the grain.</summary>
    private void Enter()
    {
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        Assert.Same(GrainContext, contexts.GrainContext);
        Assert.Same(this.GetEventLoop(), EventLoop.Current);
        _calls++;
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }

    [Tamed] private partial void NeverWithin(TimeSpan limit, Event<int> done);

    private void NeverWithinBody(TimeSpan limit, Event<int> done)
    {
        using var over = new CancellationTokenSource();
        try
        {
            twait(e => GrainFactory.GetGrain<IWorker>(1).Never(over.Token).Trigger(e.WithTimeout(limit)), out int square);
            done.Trigger(square);
        }
        finally
        {
            over.Cancel();      // a silo that stops would wait for the worker
        }
    }

    [Tamed] private partial void ReadContexts(string expected, Event<string> seen);

    private void ReadContextsBody(string expected, Event<string> seen)
    {
        using var activity = new System.Diagnostics.Activity(expected).Start();
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(expected, RequestContext.Get("name"));
            Assert.Equal(expected, System.Diagnostics.Activity.Current?.OperationName);
            Assert.Equal(culture, System.Globalization.CultureInfo.CurrentCulture);
            if (i % 2 == 0)
                twait(GrainFactory.GetGrain<IWorker>(i).Square(i), out int _);
            else
                twait(e => timer(TimeSpan.FromMilliseconds(i % 4), e));
        }
        seen.Trigger((string)RequestContext.Get("name")!);
    }
}
