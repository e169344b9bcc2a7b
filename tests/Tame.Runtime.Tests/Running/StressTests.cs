using System.Collections.Concurrent;
using System.Globalization;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>Threads that trigger the events of loops as fast as they can. The script <c>long</c> runs ten million triggers.</summary>
public sealed class StressTests
{
    private const int Threads = 8;
    private const int Window = 4096;
    private const int Batch = 32;
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(10);

    private static readonly int s_triggers =
        int.Parse(Environment.GetEnvironmentVariable("TAME_TRIGGERS") ?? "200000", CultureInfo.InvariantCulture);

    [Fact]
    public void Eight_threads_deliver_each_trigger_once_to_its_loop()
    {
        using var queue = new BlockingCollection<Tickets>();
        using Receiver first = new(queue, s_triggers / 2), second = new(queue, s_triggers / 2);
        var errors = new ConcurrentQueue<Exception>();
        var senders = Enumerable.Range(0, Threads).Select(_ => Start(() => Send(queue), errors)).ToList();
        var loops = new[] { first, second }.Select(receiver => Start(() => EventLoop.Run(receiver.Run), errors)).ToList();
        Assert.All(loops, loop => Assert.True(loop.Join(s_hang), "A loop waits for triggers that never come."));
        queue.CompleteAdding();
        Assert.All(senders, sender => Assert.True(sender.Join(s_hang), "A sender hangs."));
        Assert.Empty(errors);
        first.Check();
        second.Check();
    }

    private static Thread Start(Action body, ConcurrentQueue<Exception> errors)
    {
        var thread = new Thread(Run) { IsBackground = true };
        thread.Start();
        return thread;

        void Run()
        {
            try
            {
                body();
            }
            catch (Exception error)
            {
                errors.Enqueue(error);
            }
        }
    }

    private static void Send(BlockingCollection<Tickets> queue)
    {
        foreach (var tickets in queue.GetConsumingEnumerable())
            tickets.Trigger();
    }

    /// <summary>Consecutive events, each of which a thread triggers with its number.</summary>
    private sealed class Tickets(int first)
    {
        private readonly Event<int>[] _events = new Event<int>[Batch];
        private int _count;

        public int Count => _count;

        public void Add(Event<int> e) => _events[_count++] = e;

        public void Trigger()
        {
            for (int i = 0; i < _count; i++)
                _events[i].Trigger(first + i);
        }
    }

    /// <summary>One loop's call. It keeps a window of events outstanding and counts how often each was joined.</summary>
    private sealed class Receiver(BlockingCollection<Tickets> queue, int count) : IDisposable
    {
        private readonly Rendezvous<int> _rendezvous = new();
        private readonly int[] _values = new int[count];
        private readonly byte[] _joins = new byte[count];
        private bool _isJoining;
        private int _made;
        private int _joined;
        private int _id;

        public void Run(Event done)
        {
            Array.Fill(_values, -1);
            Call.Start(Body, done);
        }

        public void Dispose() => _rendezvous.Dispose();

        public void Check()
        {
            Assert.Equal(count, _joined);
            Assert.Equal((0, 0), (_rendezvous.Waiting, _rendezvous.Ready));
            Assert.DoesNotContain(_joins, joins => joins != 1);
        }

        private void Body(Call c)
        {
            while (_joined < count)
            {
                if (!_isJoining)
                {
                    while (_made < count && _made - _joined <= Window - Batch)
                        Make(c);
                    c.BeginJoin(_rendezvous);
                    _isJoining = true;
                }
                if (!c.JoinReady(1))
                    return;
                _isJoining = false;
                if (!c.EndJoin(ref _id))
                    return;
                _joins[_id]++;
                _joined++;
                Assert.Equal(_id, _values[_id]);
            }
            c.Done.Trigger();
        }

        /// <summary>Creates some events for one thread, and every eighth time for two, of which the first to trigger wins.</summary>
        private void Make(Call c)
        {
            var tickets = new Tickets(_made);
            while (tickets.Count < Batch && _made < count)
            {
                tickets.Add(c.Make(_rendezvous, _made, Slot.At(_values, ref _values[_made]), 1));
                _made++;
            }
            queue.Add(tickets);
            if (_made / Batch % 8 == 0)
                queue.Add(tickets);
        }
    }
}
