using CsCheck;

namespace Tame.Runtime.Tests.Coordination;

/// <summary>Random uses of a mutex, compared with a list of waiters: a writer is always alone, and waiters are served in order of arrival.</summary>
public sealed class SharedMutexModelTests
{
    [Fact]
    public void A_mutex_does_what_a_list_of_waiters_does() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 7]).Array[0, 60].Sample(Compare, iter: 3_000);

    private static void Compare((int Action, int Choice)[] steps) => Loops.RunOpenEnded(c =>
    {
        using var pair = new Pair(c);
        foreach ((int action, int choice) in steps)
        {
            switch (action)
            {
                case <= 1: pair.Acquire(isShared: false, isDoomed: choice == 0); break;
                case <= 3: pair.Acquire(isShared: true, isDoomed: choice == 0); break;
                case 4: pair.Try(isShared: choice % 2 == 0); break;
                case <= 7: pair.Release(); break;
                case 8: pair.Leave(choice); break;
                default: pair.CancelDoomed(); break;
            }
            pair.Check();
        }
    });

    /// <summary>The mutex and its model.</summary>
    private sealed class Pair(Call c) : IDisposable
    {
        private readonly SharedMutex _mutex = new();
        private readonly Rendezvous<int> _events = new();
        private readonly List<(int Id, Event Event, bool IsShared, bool IsDoomed)> _line = [];
        private readonly List<int> _expected = [];
        private readonly List<int> _completed = [];
        private Rendezvous _doomed = new();
        private int _ids;
        private int _writers;
        private int _readers;

        public void Dispose()
        {
            _events.Dispose();
            _doomed.Dispose();
        }

        /// <summary>Waits with an event, which may be one that is cancelled with others.</summary>
        public void Acquire(bool isShared, bool isDoomed)
        {
            int id = _ids++;
            var e = isDoomed ? c.Make(_doomed, 1) : c.Make(_events, id, 1);
            _line.Add((id, e, isShared, isDoomed));
            MoveUp();
            if (isShared)
                _mutex.AcquireShared(e);
            else
                _mutex.Acquire(e);
        }

        public void Try(bool isShared)
        {
            bool isFree = _line.Count == 0 && HasRoom(isShared);
            if (isFree)
                Enter(isShared);
            Assert.Equal(isFree, isShared ? _mutex.TryAcquireShared() : _mutex.TryAcquire());
        }

        public void Release()
        {
            if (_writers == 1)
            {
                _writers = 0;
                MoveUp();
                _mutex.Release();
            }
            else if (_readers > 0)
            {
                _readers--;
                MoveUp();
                _mutex.ReleaseShared();
            }
            else
            {
                Assert.Throws<InvalidOperationException>(_mutex.Release);
            }
        }

        public void Leave(int choice)
        {
            if (_line.Count == 0)
                return;
            var waiter = _line[choice % _line.Count];
            _line.Remove(waiter);
            if (!waiter.IsDoomed)
                _expected.Add(waiter.Id);
            MoveUp();
            Assert.True(waiter.Event.Unblock());
        }

        public void CancelDoomed()
        {
            _line.RemoveAll(waiter => waiter.IsDoomed);
            MoveUp();
            _doomed.Cancel();
            _doomed = new Rendezvous();
        }

        public void Check()
        {
            while (_events.TryJoin(out int id))
                _completed.Add(id);
            Assert.Equal(_expected, _completed);
            Assert.True(_writers == 0 || _writers == 1 && _readers == 0);
            Assert.Equal((_writers + _readers > 0, _readers, _line.Count), (_mutex.IsHeld, _mutex.Sharers, _mutex.Waiting));
        }

        private void MoveUp()
        {
            while (_line.Count > 0 && HasRoom(_line[0].IsShared))
            {
                if (!_line[0].IsDoomed)
                    _expected.Add(_line[0].Id);
                Enter(_line[0].IsShared);
                _line.RemoveAt(0);
            }
        }

        private bool HasRoom(bool isShared) => _writers == 0 && (isShared || _readers == 0);

        private void Enter(bool isShared)
        {
            if (isShared)
                _readers++;
            else
                _writers++;
        }
    }
}
