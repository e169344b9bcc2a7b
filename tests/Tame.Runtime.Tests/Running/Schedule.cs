using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>One order of the steps of several threads, and the memory as each of them sees it.</summary>
internal sealed class Schedule(Explorer explorer, int preemptions)
{
    [ThreadStatic]
    private static Schedule? t_current;

    [ThreadStatic]
    private static int t_self;

    private readonly Baton _back = new();
    private Actor[] _actors = [];
    private int _running;
    private int _left;

    public static Schedule Current => t_current!;

    /// <summary>The shared data of the threads, for code that has access only to the schedule.</summary>
    public object? World { get; set; }

    /// <summary>The threads whose steps were taken, and the writes that became visible.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Runs the threads until none of them can continue.</summary>
    public void Run(Action[] threads)
    {
        _actors = [.. threads.Select(body => new Actor(body))];
        _left = preemptions;
        for (int i = 0; i < _actors.Length; i++)
            Start(i);
        if (Choose() is { } first)
        {
            first.Go.Pass();
            _back.Wait();
        }
        foreach (var actor in _actors.Where(actor => !actor.HasEnded))
        {
            actor.IsAbandoned = true;
            actor.Go.Pass();
            _back.Wait();
        }
    }

    /// <summary>Whether a thread has not ended.</summary>
    public bool IsWaiting(int thread) => _actors[thread].WasWaiting;

    public int Read(ref readonly int place)
    {
        Step();
        return _actors[t_self].Find(in place) ?? place;
    }

    public unsafe void Write(ref int place, int value)
    {
        Step();
        _actors[t_self].Buffer.Enqueue(((nint)Unsafe.AsPointer(ref place), value));
    }

    /// <summary>A step after which all writes of this thread are visible.</summary>
    public T Atomic<T>(Func<T> step)
    {
        Step();
        _actors[t_self].DrainAll();
        return step();
    }

    /// <summary>Waits for a condition, which is checked when nothing else runs.</summary>
    public void WaitUntil(Func<bool> condition)
    {
        var self = _actors[t_self];
        self.DrainAll();
        self.Condition = condition;
        Step();
        self.Condition = null;
    }

    private void Start(int index)
    {
        var actor = _actors[index];
        var thread = new Thread(() =>
        {
            (t_current, t_self) = (this, index);
            actor.Go.Wait();
            try
            {
                if (!actor.IsAbandoned)
                    actor.Body();
            }
            catch (AbandonedException)
            {
                actor.WasWaiting = true;
            }
            actor.HasEnded = true;
            var next = actor.IsAbandoned ? null : Choose();
            (next?.Go ?? _back).Pass();
        })
        { IsBackground = true };
        thread.Start();
    }

    /// <summary>
    /// The threads that can continue: first the last one, then the others while preemptions are left; and those whose oldest write can become visible.
    /// </summary>
    private List<(int Actor, bool Drains)> Options(int current, int left)
    {
        var options = new List<(int, bool)>();
        if (_actors[current].CanGo)
            options.Add((current, false));
        for (int i = 0; i < _actors.Length; i++)
        {
            if (i != current && _actors[i].CanGo && (left > 0 || !_actors[current].CanGo))
                options.Add((i, false));
            if (_actors[i].Buffer.Count != 0)
                options.Add((i, true));
        }
        return options;
    }

    /// <summary>
    /// Makes writes visible as the explorer chooses, and returns the thread that takes the next step. Null if no thread can continue. The thread that took the
    /// last step calls it, so that it can go on without a switch: most steps follow one of the same thread.
    /// </summary>
    private Actor? Choose()
    {
        while (Options(_running, _left) is { Count: > 0 } options)
        {
            var (actor, drains) = options[explorer.Choose(options.Count)];
            if (drains)
            {
                _actors[actor].Drain();
                Trace.Add($"{actor}!");
                continue;
            }
            if (actor != _running && _actors[_running].CanGo)
                _left--;
            _running = actor;
            Trace.Add($"{actor}");
            return _actors[actor];
        }
        return null;
    }

    private void Step()
    {
        var self = _actors[t_self];
        if (self.IsAbandoned)
            throw new AbandonedException();
        var next = Choose();
        if (ReferenceEquals(next, self))
            return;
        (next?.Go ?? _back).Pass();
        self.Go.Wait();
        if (self.IsAbandoned)
            throw new AbandonedException();
    }

    private sealed class AbandonedException : Exception;

    private sealed class Actor(Action body)
    {
        public readonly Action Body = body;
        public readonly Baton Go = new();
        public readonly Queue<(nint Place, int Value)> Buffer = new();
        public Func<bool>? Condition;
        public bool HasEnded;
        public bool IsAbandoned;
        public bool WasWaiting;

        public bool CanGo => !HasEnded && Condition?.Invoke() != false;

        public unsafe int? Find(ref readonly int place)
        {
            int? found = null;
            foreach (var (written, value) in Buffer)
            {
                if (written == (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in place)))
                    found = value;
            }
            return found;
        }

        public unsafe void Drain()
        {
            var (place, value) = Buffer.Dequeue();
            *(int*)place = value;
        }

        public void DrainAll()
        {
            while (Buffer.Count != 0)
                Drain();
        }
    }

    /// <summary>Lets one thread continue at a time.</summary>
    private sealed class Baton
    {
        private readonly object _turn = new();
        private bool _isPassed;

        public void Pass()
        {
            lock (_turn)
            {
                _isPassed = true;
                Monitor.Pulse(_turn);
            }
        }

        public void Wait()
        {
            lock (_turn)
            {
                while (!_isPassed)
                    Monitor.Wait(_turn);
                _isPassed = false;
            }
        }
    }
}
