#pragma warning disable TAME060 // one of these calls only looks on
namespace Tame.Language.Tests.Waits;

/// <summary><c>twait(r…)</c>: ids, errors, where they go and when.</summary>
public sealed partial class JoinTests
{
    private int _id;

    [Fact]
    public void Targets_are_located_before_the_wait_and_written_after_it() => Assert.Equal("r a i | 0 0 | 7 0 1", Trace.Of(Located, left: 1));

    [Tamed] private static partial void Located(Trace trace, Event done);

    private static void LocatedBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        var array = new int[2];
        var (seen, i) = (array, 0);
        timer(TimeSpan.FromHours(1), mkevent(rendezvous, 7));
        asap(mkevent(new Rendezvous()));
        Watch(trace, seen, Event.Detached);
        twait(Say(trace, "r", rendezvous), out Say(trace, "a", array)[Say(trace, "i", i++)]);
        trace.Add($"| {seen[0]} {seen[1]} {i}");
        done.Trigger();
    }

    private static T Say<T>(Trace trace, string word, T value)
    {
        trace.Add(word);
        return value;
    }

    [Tamed] private static partial void Watch(Trace trace, int[] array, Event done);

    private static void WatchBody(Trace trace, int[] array, Event done)
    {
        using (twait()) timer(TimeSpan.FromMinutes(30), mkevent());
        trace.Add($"| {array[0]} {array[1]}");
    }

    [Fact]
    public void Ids_come_in_the_order_of_the_triggers_to_targets_of_every_kind() => Assert.Equal("3 1 2 5 4 6", Trace.Of(new JoinTests().Order));

    [Tamed] private partial void Order(Trace trace, Event done);

    private void OrderBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        foreach (var id in new[] { 1, 2, 3, 4, 5, 6 }) timer(TimeSpan.FromHours(id switch { 3 => 0, 5 => 3.5, _ => id }), mkevent(rendezvous, id));
        int local;
        (int A, int B) pair = default;
        var array = new int[1, 1];
        twait(rendezvous, out local);
        twait(id: out pair.B, rendezvous: rendezvous);
        twait(rendezvous, out _id);
        trace.Add($"{local} {pair.B} {_id}");
        twait(rendezvous, out array[0, 0], out var none);
        trace.Add(array[0, 0]);
        twait(rendezvous, out int declared);
        trace.Add(declared);
        twait(error: out none, rendezvous: rendezvous, id: out this._id);
        trace.Add(none is null ? _id : 0);
        done.Trigger();
    }

    [Fact]
    public void A_failure_is_thrown_or_handed_over() => Assert.Equal("threw -1 handed 2:b handed:c none", Trace.Of(Failures));

    [Tamed] private static partial void Failures(Trace trace, Event done);

    private static void FailuresBody(Trace trace, Event done)
    {
        var ids = new Rendezvous<int>();
        var plain = new Rendezvous();
        var id = -1;
        mkevent(ids, 1).Fail(new InvalidOperationException("a"));
        try
        {
            twait(ids, out id);
        }
        catch (InvalidOperationException)
        {
            trace.Add($"threw {id}");
        }

        mkevent(ids, 2).Fail(new InvalidOperationException("b"));
        twait(ids, out id, out var error);
        trace.Add($"handed {id}:{error?.Message}");
        mkevent(plain).Fail(new InvalidOperationException("c"));
        asap(mkevent(plain));
        twait(plain, out Exception? first);
        trace.Add("handed:" + first?.Message);
        twait(plain, out first);
        trace.Add(first?.Message ?? "none");
        done.Trigger();
    }

    [Fact]
    public void A_window_of_three_is_kept_full() => Assert.Equal("peak 3, 7 done", Trace.Of(Window));

    [Tamed] private static partial void Window(Trace trace, Event done);

    private static void WindowBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        int next = 0, running = 0, finished = 0, peak = 0;
        while (next < 7 || running > 0)
        {
            if (next < 7 && running < 3)
            {
                timer(TimeSpan.FromHours(1 + (next % 2)), mkevent(rendezvous, next++));
                peak = Math.Max(peak, ++running);
                continue;
            }

            twait(rendezvous, out int id);
            running--;
            finished++;
            while (rendezvous.TryJoin(out id))
            {
                running--;
                finished++;
            }
        }

        trace.Add($"peak {peak}, {finished} done");
        done.Trigger();
    }

    [Fact]
    public void A_target_that_cannot_be_located_leaves_the_call_able_to_wait_on() => Assert.Equal("IndexOutOfRangeException on 1 again", Trace.Of(Unlocated));

    [Tamed] private static partial void Unlocated(Trace trace, Event done);

    private static void UnlocatedBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        var array = new int[1];
        try
        {
            twait(rendezvous, out array[array.Length]);
        }
        catch (IndexOutOfRangeException e)
        {
            trace.Add(e.GetType().Name);
        }

        using (twait()) asap(mkevent());
        trace.Add("on");
        asap(mkevent(rendezvous, 1));
        twait(rendezvous, out int id);
        trace.Add(id);
        using (twait()) asap(mkevent());
        trace.Add("again");
        done.Trigger();
    }
}
