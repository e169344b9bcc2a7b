#pragma warning disable CA2012, CA2025 // tests hold tasks in variables
namespace Tame.Language.Tests.Everyday;

/// <summary>
/// The same body as an async method, with <c>await</c> in place of <c>twait</c>, gives the same results in the same order. Both run on a loop of their own.
/// </summary>
public sealed partial class YardstickTests
{
    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var what in new[] { "all", "none", "throw", "throw late", "fail", "fail late", "cancel", "leave", "null" })
            {
                cases.Add(what, false);
                cases.Add(what, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_body_with_tasks_does_what_an_async_method_does(string what, bool isLate) =>
        Compare((trace, done) => Tasks(trace, what, isLate, done), trace => TasksAsync(trace, what, isLate));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_body_with_operations_does_what_an_async_method_does(string what, bool isLate) =>
        Compare((trace, done) => Operations(trace, what, isLate, done), trace => OperationsAsync(trace, what, isLate), left: what == "throw" ? 1 : 0);

    private static void Compare(Action<Trace, Event> tamed, Func<Trace, Task> yardstick, int left = 0)
    {
        var expected = Outcome((trace, done) => yardstick(trace).Trigger(done));
        Assert.NotEqual("", expected);
        Assert.Equal(expected, Outcome(tamed, left));
    }

    private static string Outcome(Action<Trace, Event> method, int left = 0)
    {
        var kept = new Trace();
        try
        {
            Trace.Of((_, done) => method(kept, done), left);
        }
        catch (InvalidOperationException error)
        {
            kept.Add(error.Message);
        }
        catch (OperationCanceledException)
        {
            kept.Add("cancelled");
        }

        return kept.ToString();
    }

    [Tamed] private static partial void Tasks(Trace trace, string what, bool isLate, Event done);

    private static void TasksBody(Trace trace, string what, bool isLate, Event done)
    {
        var results = new int[4];
        var i = 0;
        foreach (var step in new Steps(trace, 4))
        {
            using var resource = new Resource(trace, step);
            try
            {
                if (what == "leave" && step == 2) break;
                if (what == "none") continue;
                twait(Work(trace, step, what, isLate), out results[i++]);
                trace.Add($"got{results[step]}");
                if (results[step] == 1) twait(Pause(isLate));
            }
            catch (InvalidOperationException error) when (error.Message != "late")
            {
                twait(Pause(isLate));
                trace.Add($"caught {error.Message}");
                if (what == "throw") throw;
            }
            finally
            {
                twait(new ValueTask(Pause(isLate)));
                trace.Add($"finally{step}");
            }
        }

        switch (what)
        {
            case "null":
                twait(Name(isLate), out string? name);
                trace.Add(name ?? "null");
                break;
            default:
                twait(new ValueTask<int>(i), out int last);
                trace.Add(last);
                break;
        }

        trace.Add(string.Join(",", results));
        done.Trigger();
    }

    private static async Task TasksAsync(Trace trace, string what, bool isLate)
    {
        var results = new int[4];
        var i = 0;
        foreach (var step in new Steps(trace, 4))
        {
            using var resource = new Resource(trace, step);
            try
            {
                if (what == "leave" && step == 2) break;
                if (what == "none") continue;
                var task = Work(trace, step, what, isLate);
                var at = i++;
                results[at] = await task;
                trace.Add($"got{results[step]}");
                if (results[step] == 1) await Pause(isLate);
            }
            catch (InvalidOperationException error) when (error.Message != "late")
            {
                await Pause(isLate);
                trace.Add($"caught {error.Message}");
                if (what == "throw") throw;
            }
            finally
            {
                await new ValueTask(Pause(isLate));
                trace.Add($"finally{step}");
            }
        }

        switch (what)
        {
            case "null":
                string? name = await Name(isLate);
                trace.Add(name ?? "null");
                break;
            default:
                int last = await new ValueTask<int>(i);
                trace.Add(last);
                break;
        }

        trace.Add(string.Join(",", results));
    }

    [Tamed] private static partial void Operations(Trace trace, string what, bool isLate, Event done);

    private static void OperationsBody(Trace trace, string what, bool isLate, Event done)
    {
        var total = 0;
        for (var step = 0; step < 3; step++)
        {
            try
            {
                twait(e =>
                {
                    using var resource = new Resource(trace, step);
                    if (what == "none" || (what == "leave" && step == 1))
                    {
                        e.Trigger(-1);
                        return;
                    }

                    if (what == "throw" && step == 1) throw new InvalidOperationException("thrown");
                    Work(trace, step, what, isLate).Trigger(e);
                }, out int got);
                trace.Add($"got{got}");
                if (got < 0) continue;
                do
                    twait(e => Pause(isLate).Trigger(e));
                while (got++ < step + 1);
                total += got;
            }
            catch (InvalidOperationException error) when (step < 2 && error.Message != "late")
            {
                var after = total;
                twait(e => Work(trace, after, "", isLate).Trigger(e), out total);
                trace.Add($"caught {error.Message} {total}");
            }
            finally
            {
                trace.Add($"finally{step}");
            }
        }

        trace.Add(total);
        done.Trigger();
    }

    private static async Task OperationsAsync(Trace trace, string what, bool isLate)
    {
        var total = 0;
        for (var step = 0; step < 3; step++)
        {
            try
            {
                Task<int> started;
                using (new Resource(trace, step))
                {
                    started = what == "none" || (what == "leave" && step == 1) ? Task.FromResult(-1)
                        : what == "throw" && step == 1 ? throw new InvalidOperationException("thrown")
                        : Work(trace, step, what, isLate);
                }

                var got = await started;
                trace.Add($"got{got}");
                if (got < 0) continue;
                do
                    await Pause(isLate);
                while (got++ < step + 1);
                total += got;
            }
            catch (InvalidOperationException error) when (step < 2 && error.Message != "late")
            {
                var after = total;
                total = await Work(trace, after, "", isLate);
                trace.Add($"caught {error.Message} {total}");
            }
            finally
            {
                trace.Add($"finally{step}");
            }
        }

        trace.Add(total);
    }

    private static Task<int> Work(Trace trace, int step, string what, bool isLate)
    {
        trace.Add($"work{step}");
        if (what == "throw" && step == 1) throw new InvalidOperationException("thrown");
        return isLate ? Later() : Now();

        async Task<int> Later()
        {
            await Task.Delay(1).ConfigureAwait(false);
            return await Now().ConfigureAwait(false);
        }

        Task<int> Now() => (what, step) switch
        {
            ("fail", 1) => Task.FromException<int>(new InvalidOperationException("failed")),
            ("fail late", 2) or ("throw late", 0) => Task.FromException<int>(new InvalidOperationException("late")),
            ("cancel", 1) => Task.FromCanceled<int>(new CancellationToken(canceled: true)),
            _ => Task.FromResult(step),
        };
    }

    private static Task Pause(bool isLate) => isLate ? Task.Delay(1) : Task.CompletedTask;

    private static async Task<string?> Name(bool isLate)
    {
        await Pause(isLate).ConfigureAwait(false);
        return isLate ? null : "name";
    }

    private sealed class Resource(Trace trace, int step) : IDisposable
    {
        public void Dispose() => trace.Add($"disposed{step}");
    }

    private sealed class Steps(Trace trace, int count)
    {
        public Enumerator GetEnumerator() => new(trace, count);

        public sealed class Enumerator(Trace trace, int count) : IDisposable
        {
            public int Current { get; private set; } = -1;

            public bool MoveNext() => ++Current < count;

            public void Dispose() => trace.Add("enumerated");
        }
    }
}
