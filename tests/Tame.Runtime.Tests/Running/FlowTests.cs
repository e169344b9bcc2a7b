using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>What flows with a call, and what stays on its thread.</summary>
public sealed class FlowTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public void An_activity_survives_the_waits_of_a_call_and_leaks_neither_to_its_caller_nor_to_the_next()
    {
        Activity.Current = null;
        var seen = new List<string?>();
        Loops.Run(done => Call.Blocks(
            done,
            outer =>
            {
                foreach (string name in new[] { "first", "second" })
                {
                    Call.Blocks(
                        outer.Make(1),
                        c =>
                        {
                            new Activity(name).Start();
                            s_local.Value = name;
                            Primitives.asap(c.Make(1));
                        },
                        c =>
                        {
                            seen.Add(Activity.Current?.OperationName + s_local.Value);
                            Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1));
                        },
                        c => seen.Add(Activity.Current?.OperationName + s_local.Value));
                    Assert.Null(Activity.Current);
                    Assert.Null(s_local.Value);
                }
                EventLoop.Current!.Post(() => seen.Add(Activity.Current?.OperationName + s_local.Value));
            },
            _ => seen.Add(Activity.Current?.OperationName + s_local.Value)));
        Assert.Equal(["", "firstfirst", "secondsecond", "firstfirst", "secondsecond", ""], seen);
    }

    [Fact]
    public void A_call_never_leaves_its_thread_whichever_loop_triggers_its_events()
    {
        const int Count = 3, Rounds = 200;
        using var start = new Barrier(Count);
        var queues = Enumerable.Range(0, Count).Select(_ => new System.Collections.Concurrent.ConcurrentQueue<Event>()).ToArray();
        int strayed = 0, ended = 0;
        var threads = Enumerable.Range(0, Count).Select(me => new Thread(() => EventLoop.Run(done =>
        {
            start.SignalAndWait();
            int home = Environment.CurrentManagedThreadId;
            var blocks = Enumerable.Repeat<Action<Call>>(
                c =>
                {
                    if (Environment.CurrentManagedThreadId != home || EventLoop.Current is null)
                        Interlocked.Increment(ref strayed);
                    queues[(me + 1) % Count].Enqueue(c.Make(1));
                },
                Rounds).Append(_ => Interlocked.Increment(ref ended)).ToArray();
            Call.Blocks(default, blocks);
            Serve(EventLoop.Current!, queues[me], done);
        }))
        {
            IsBackground = true,
        }).ToArray();

        void Serve(EventLoop loop, System.Collections.Concurrent.ConcurrentQueue<Event> queue, Event done)
        {
            void Look()
            {
                while (queue.TryDequeue(out var e))
                    e.Trigger();
                if (Volatile.Read(ref ended) == Count)
                    done.Trigger();
                else
                    loop.Post(Look);
            }
            loop.Post(Look);
        }

        foreach (var thread in threads)
            thread.Start();
        Assert.All(threads, thread => Assert.True(thread.Join(Loops.Hang)));
        Assert.Equal((0, Count), (strayed, ended));
    }

    [Fact]
    public void A_torn_copy_of_a_handle_completes_nobodys_event()
    {
        using var other = new EventLoop();
        Event foreign = default;
        Call.Blocks(default, c => foreign = c.Make(1));
        Loops.OnThread(() => Loops.RunBlocks(c =>
        {
            var r = new Rendezvous();
            Event[] whole = [c.Make(1), c.Make(1), c.Make(r, 1), c.Make(r, 1), foreign];
            Event[] torn = [.. whole.SelectMany(_ => whole, (left, right) => new Event(left.Lifeline!, right.Number)).Except(whole)];
            Assert.Equal(15, torn.Length);      // four lifelines times five numbers, of which five are whole
            Assert.All(torn, e => Assert.False(e.IsPending || e.Trigger()));
            Loops.OnThread(() => Assert.All(torn, e => Assert.False(e.IsPending || e.Trigger() || e.Fail(new ArithmeticException()))));
            Assert.All(whole, e => Assert.True(e.IsPending && e.Trigger()));
            r.Cancel();
        }));
    }

    [Fact]
    public void An_ended_loop_takes_no_trigger_failure_or_post_and_keeps_nothing()
    {
        Event e = default;
        Event<object> valued = default;
        EventLoop? loop = null;
        EventLoop.Run(done =>
        {
            loop = EventLoop.Current;
            Call.Blocks(default, c =>
            {
                e = c.Make(1);
                valued = c.Make(CompilerServices.Slot<object>.Discard, 1);
            });
            done.Trigger();
        });
        var sent = new List<WeakReference>();
        SendAll(loop!, e, valued, sent);
        Loops.OnThread(() => SendAll(loop!, e, valued, sent));
        // What was posted to the ended loop runs on the thread pool, which may have other work first.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return sent.TrueForAll(reference => !reference.IsAlive);
            },
            Loops.Hang));
        GC.KeepAlive(loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendAll(EventLoop loop, Event e, Event<object> valued, List<WeakReference> sent)
    {
        var error = new InvalidOperationException();
        var value = new object();
        var state = new object();
        sent.AddRange([new(error), new(value), new(state)]);
        Assert.False(e.Trigger() || e.Unblock() || e.Fail(error) || valued.Trigger(value) || valued.Unblock() || valued.Fail(error));
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => GC.KeepAlive(state)));
        loop.SynchronizationContext.Post(_ => { }, state);
        Assert.True(loop.InvokeAsync(_ => GC.KeepAlive(state), CancellationToken.None).IsFaulted);
        e.AtTrigger(default);
    }
}
