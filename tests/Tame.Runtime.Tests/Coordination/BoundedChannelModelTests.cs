using CsCheck;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

/// <summary>Random uses of a channel, compared with plain lists: every item that was sent is received once, in order.</summary>
public sealed class BoundedChannelModelTests
{
    [Fact]
    public void A_channel_does_what_three_lists_do() =>
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Int[0, 20], Gen.Int[0, 7]).Array[0, 60]).Sample(Compare, iter: 3_000);

    private static void Compare(int capacity, (int Action, int Choice)[] steps) => Loops.RunOpenEnded(c =>
    {
        using var pair = new Pair(c, capacity);
        foreach ((int action, int choice) in steps)
        {
            switch (action)
            {
                case <= 5: pair.Send(); break;
                case <= 11: pair.Receive(); break;
                case <= 13: pair.TrySend(); break;
                case <= 15: pair.TryReceive(); break;
                case <= 17: pair.LeaveSender(choice); break;
                case <= 19: pair.LeaveReceiver(choice); break;
                default: pair.Complete(); break;
            }
            pair.Check();
        }
    });

    /// <summary>The channel and its model: items, waiting senders with their items, waiting receivers.</summary>
    private sealed class Pair(Call c, int capacity) : IDisposable
    {
        private readonly BoundedChannel<int> _channel = new(capacity);
        private readonly Rendezvous<int> _events = new();
        private readonly List<int> _items = [];
        private readonly List<(int Item, Event Event)> _senders = [];
        private readonly List<(int Id, Event<int> Event)> _receivers = [];
        private readonly List<(int Receiver, int Item)> _expected = [];
        private readonly Dictionary<int, int[]> _slots = [];
        private readonly List<(int Receiver, int Item)> _received = [];
        private readonly List<int> _expectedFailures = [];
        private readonly List<int> _failures = [];
        private bool _isClosed;
        private int _ids;

        public void Dispose() => _events.Dispose();

        public void Send()
        {
            int item = ++_ids;
            var sent = c.Make(_events, 0, 1);
            if (_isClosed)
                _expectedFailures.Add(0);
            else if (!Put(item))
                _senders.Add((item, sent));
            _channel.Writer.Send(item, sent);
        }

        public void TrySend()
        {
            int item = ++_ids;
            Assert.Equal(!_isClosed && Put(item), _channel.Writer.TrySend(item));
        }

        public void Receive()
        {
            int id = ++_ids;
            int[] slot = _slots[id] = new int[1];
            var received = c.Make(_events, id, Slot.At(slot, ref slot[0]), 1);
            if (Take() is { } item)
                _expected.Add((id, item));
            else if (_isClosed)
                _expectedFailures.Add(id);
            else
                _receivers.Add((id, received));
            _channel.Reader.Receive(received);
        }

        public void TryReceive()
        {
            int? item = Take();
            Assert.Equal(item is not null, _channel.Reader.TryReceive(out int value));
            Assert.Equal(item ?? 0, value);
        }

        public void LeaveSender(int choice)
        {
            if (_senders.Count == 0)
                return;
            var sender = _senders[choice % _senders.Count];
            _senders.Remove(sender);
            Assert.True(sender.Event.Unblock());
        }

        public void LeaveReceiver(int choice)
        {
            if (_receivers.Count == 0)
                return;
            var receiver = _receivers[choice % _receivers.Count];
            _receivers.Remove(receiver);
            _expected.Add((receiver.Id, 0));
            Assert.True(receiver.Event.Unblock());
        }

        public void Complete()
        {
            Assert.Equal(!_isClosed, _channel.Writer.TryComplete());
            _isClosed = true;
            _expectedFailures.AddRange(_senders.Select(_ => 0).Concat(_receivers.Select(receiver => receiver.Id)));
            _senders.Clear();
            _receivers.Clear();
        }

        public void Check()
        {
            while (_events.TryJoin(out int id, out var error))
            {
                if (error is not null)
                    _failures.Add(id);
                else if (id > 0)
                    _received.Add((id, _slots[id][0]));
            }
            Assert.Equal(_expected, _received);
            Assert.Equal(_expectedFailures, _failures);
            Assert.Equal((_items.Count, _isClosed && _items.Count == 0), (_channel.Reader.Count, _channel.Reader.IsComplete));
            Assert.Equal(_senders.Count + _receivers.Count, _events.Waiting);
        }

        private bool Put(int item)
        {
            if (_receivers.Count > 0)
            {
                _expected.Add((_receivers[0].Id, item));
                _receivers.RemoveAt(0);
                return true;
            }
            if (_items.Count == capacity)
                return false;
            _items.Add(item);
            return true;
        }

        private int? Take()
        {
            _items.AddRange(_senders.Take(1).Select(sender => sender.Item));
            _senders.RemoveRange(0, Math.Min(1, _senders.Count));
            if (_items.Count == 0)
                return null;
            int item = _items[0];
            _items.RemoveAt(0);
            return item;
        }
    }
}
