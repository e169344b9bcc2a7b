using System.Globalization;
using System.Text;

namespace Tame.Runtime.Tests.Losses;

/// <summary>
/// The loop's own code for events and lifelines, with a simulated collector and finalizer thread. The test holds all objects, so that the real collector does
/// not interfere.
/// </summary>
internal sealed class LifelineWorld : IDisposable
{
    private const int MostEvents = 3;
    private const int MostCollections = 4;
    private readonly EventLoop _loop = new(new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Abandon });
    private readonly Call _maker = Call.Make(_ => { });
    private readonly Rendezvous<int> _rendezvous = new();
    private readonly List<Held> _events = [];
    private readonly List<Watched> _lifelines = [];
    private readonly List<(Kind What, int Index)> _queue = [];
    private readonly bool _believesFinalizers;
    private int _collections;
    private bool _hasCall;

    /// <param name="believesFinalizers">A planted fault: a lifeline is lost as soon as no handle is reachable, though a finalizer may bring one back.</param>
    public LifelineWorld(bool believesFinalizers = false)
    {
        _believesFinalizers = believesFinalizers;
        _loop.Suspicions.Make = lifeline => Of(lifeline).Suspicion = new FakeSuspicion(lifeline);
        _loop.UnhandledException += (_, unhandled) => unhandled.Handled = true;
    }

    /// <summary>What can reach a handle.</summary>
    public enum Holder
    {
        Program,
        TriggeringGuard,
        RevivingGuard,
        QueuedTriggeringGuard,
        QueuedRevivingGuard,
        Nobody,
    }

    private enum Kind
    {
        Lifeline,
        Alarm,
        Guard,
    }

    /// <summary>What went wrong, or null.</summary>
    public string? Fault { get; private set; }

    public void Dispose() => _loop.Dispose();

    /// <summary>All possible next steps.</summary>
    public IEnumerable<string> Steps()
    {
        if (_events.Count < MostEvents)
        {
            yield return "make";
            if (!_hasCall)
                yield return "call";
        }
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Holder != Holder.Program)
                continue;
            yield return $"trigger {i}";
            yield return $"send {i}";
            yield return $"drop {i}";
            yield return $"guard {i}";
            yield return $"revive {i}";
        }
        if (_rendezvous.Waiting != 0)
            yield return "cancel";
        if (_collections < MostCollections)
            yield return "collect";
        for (int i = 0; i < _queue.Count; i++)
            yield return $"finalize {i}";
        yield return "pass";
    }

    public void Do(string step)
    {
        string[] words = step.Split(' ');
        int index = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0;
        switch (words[0])
        {
            case "make":
                if (!_rendezvous.IsCancelled)
                    Add(_maker.Make(_rendezvous, _events.Count, 1), isOfCall: false);
                break;
            case "call":
                _hasCall = true;
                Call.Start(TwoBlocks);
                break;
            case "trigger":
                _events[index].Handle.Trigger();
                break;
            case "send":
                Send(index);
                break;
            case "drop":
                _events[index].Holder = Holder.Nobody;
                break;
            case "guard":
                _events[index].Holder = Holder.TriggeringGuard;
                break;
            case "revive":
                _events[index].Holder = Holder.RevivingGuard;
                break;
            case "cancel":
                _rendezvous.Cancel();
                break;
            case "collect":
                Collect();
                break;
            case "finalize":
                Finalize(index);
                break;
            case "pass":
                Pass();
                break;
        }
        Check();
    }

    /// <summary>
    /// Lets all finalizers run and all losses be found. Then unreachable events are complete, and events that the program holds are unchanged. A handle of a
    /// complete event may hide a loss, because its lifeline serves the next event.
    /// </summary>
    public void Settle()
    {
        var held = _events.Where(e => e is { Holder: Holder.Program, Handle.IsPending: true }).ToList();
        for (int i = 0; i < 6; i++)
        {
            Pass();
            Collect();
            while (_queue.Count != 0)
                Finalize(0);
            Pass();
        }
        Check();
        Fault ??= _events.Exists(e => e.Handle.IsPending && !_events.Exists(other => other.Holder == Holder.Program && other.Handle.Lifeline == e.Handle.Lifeline)) ? "an event that nobody holds is never lost"
            : held.Exists(e => e.Holder == Holder.Program && !e.Handle.IsPending && !_rendezvous.IsCancelled && e.IsLost) ? "an event that the program holds is lost"
            : null;
    }

    /// <summary>Equal for two worlds with the same possible futures.</summary>
    public string Key()
    {
        var key = new StringBuilder();
        foreach (var e in _events)
            key.Append((int)e.Holder).Append(e.IsOfCall ? 'c' : 'r').Append(e.Handle.IsPending ? 'p' : '-').Append(e.IsLost ? 'l' : '-').Append(_lifelines.FindIndex(w => w.Lifeline == e.Handle.Lifeline));
        foreach (var watched in _lifelines)
        {
            key.Append('|').Append(watched.Lifeline.State).Append(_events.FindIndex(e => e.Handle.Number == watched.Lifeline.Last)).Append(watched.Key)
                .Append(watched.Lifeline.Source?.Keeps(watched.Lifeline) == true ? 'k' : '-');
        }
        foreach (var (what, index) in _queue)
            key.Append('|').Append(what).Append(index);
        return key.Append('|').Append(_collections).Append(_hasCall).Append(_rendezvous.IsCancelled).Append(_rendezvous.Ready).Append(_loop.Blocked.Count).Append(_loop.Pools.Lifelines.Count).ToString();
    }

    private void TwoBlocks(Call c)
    {
        if (c.State != 0)
        {
            try
            {
                c.EndBlockOrThrow();
            }
            catch (LostEventException)
            {
                Lost(_events.FindLastIndex(e => e.IsOfCall));
            }
        }
        if (c.State == 2 || _events.Count >= MostEvents)
            return;
        c.EnterBlock();
        Add(c.Make(c.State + 1), isOfCall: true);
        c.BlockDone(c.State + 1);
    }

    private void Add(Event e, bool isOfCall)
    {
        _events.Add(new Held(e, isOfCall));
        if (!_lifelines.Exists(watched => watched.Lifeline == e.Lifeline))
            _lifelines.Add(new Watched(e.Lifeline!));
    }

    private Watched Of(Lifeline lifeline) => _lifelines.Find(watched => watched.Lifeline == lifeline)!;

    private void Send(int index)
    {
        var e = _events[index].Handle;
        if (e.IsPending)
            _loop.Send(new CompletionMessage(e.Lifeline!, e.Number, null));
        Of(e.Lifeline!).IsInInbox = true;
    }

    private void Pass()
    {
        _loop.RunOnce();
        while (_rendezvous is { IsCancelled: false, Ready: > 0 } && _rendezvous.TryJoin(out int id, out var error))
        {
            if (error is LostEventException)
                Lost(id);
        }
        foreach (var watched in _lifelines)
            watched.Arrived();
    }

    private void Lost(int index)
    {
        _events[index].IsLost = true;
        if (_events[index].Holder != Holder.Nobody)
            Fault ??= $"event {index} is lost while {_events[index].Holder} holds it";
    }

    /// <summary>Finds the objects that only finalizers, or nothing, can reach.</summary>
    private void Collect()
    {
        _collections++;
        var inReach = _lifelines.Where(IsInReach).ToHashSet();
        var guards = new List<int>();
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Holder is not (Holder.TriggeringGuard or Holder.RevivingGuard))
                continue;
            _events[i].Holder = _events[i].Holder == Holder.TriggeringGuard ? Holder.QueuedTriggeringGuard : Holder.QueuedRevivingGuard;
            guards.Add(i);
            _queue.Add((Kind.Guard, i));
        }
        for (int i = 0; i < _lifelines.Count; i++)
        {
            var watched = _lifelines[i];
            if (inReach.Contains(watched))
                continue;
            bool isRevived = guards.Exists(e => _events[e].Handle.Lifeline == watched.Lifeline);
            if (watched.IsRegistered)
            {
                watched.IsRegistered = false;
                watched.IsQueued = true;
                _queue.Add((Kind.Lifeline, i));
            }
            else if (watched.Suspicion is { } suspicion)
            {
                suspicion.IsGone |= !isRevived || _believesFinalizers;
                if (watched.Lifeline.Alarm is not null && watched.IsAlarmRegistered)
                {
                    watched.IsAlarmRegistered = false;
                    _queue.Add((Kind.Alarm, i));
                }
            }
        }
    }

    private bool IsInReach(Watched watched) => watched.IsQueued || watched.IsInInbox || watched.Lifeline.State == LifelineState.Pooled || watched.Lifeline.Source?.Keeps(watched.Lifeline) == true
        || _events.Exists(e => e.Handle.Lifeline == watched.Lifeline && e.Holder is Holder.Program or Holder.QueuedTriggeringGuard or Holder.QueuedRevivingGuard && e.Handle.Lifeline == watched.Lifeline);

    private void Finalize(int place)
    {
        var (what, index) = _queue[place];
        _queue.RemoveAt(place);
        switch (what)
        {
            case Kind.Lifeline:
                _lifelines[index].IsQueued = false;
                _lifelines[index].IsInInbox = _lifelines[index].IsSuspect = true;
                _lifelines[index].Lifeline.Finalized();
                break;
            case Kind.Alarm:
                _lifelines[index].Lifeline.Alarm?.Finalized();
                _lifelines[index].IsAlarmRegistered = _lifelines[index].Suspicion is { IsOver: false, IsLifelineGone: false };
                break;
            case Kind.Guard when _events[index].Holder == Holder.QueuedTriggeringGuard:
                Send(index);
                _events[index].Holder = Holder.Nobody;
                break;
            case Kind.Guard:
                _events[index].Holder = Holder.Program;
                break;
        }
    }

    private void Check()
    {
        var pending = _events.Where(e => e is { Handle.IsPending: true }).ToList();
        foreach (var watched in _lifelines)
        {
            var own = pending.Where(e => e.Handle.Lifeline == watched.Lifeline).ToList();
            if (own.Count > 1)
                Fault ??= "two pending events share a lifeline";
            if (own.Count != 0 && watched.Lifeline.State is LifelineState.Pooled or LifelineState.Discarded)
                Fault ??= $"the lifeline of a pending event is {watched.Lifeline.State}";
            if (watched.Suspicion?.IsGone == true && watched.Lifeline.State is LifelineState.Pooled or LifelineState.Rented)
                Fault ??= $"a lifeline that is gone is {watched.Lifeline.State}";
            if (watched.Lifeline.State == LifelineState.Pooled && !watched.IsRegistered && watched is { IsQueued: false, IsInInbox: false })
                Fault ??= "a lifeline in its pool is not watched by the collector";
        }
    }

    private sealed class Held(Event handle, bool isOfCall)
    {
        public readonly Event Handle = handle;
        public readonly bool IsOfCall = isOfCall;
        public Holder Holder = Holder.Program;
        public bool IsLost;
    }

    /// <summary>A lifeline, and its state for the collector and the finalizer thread.</summary>
    private sealed class Watched(Lifeline lifeline)
    {
        public readonly Lifeline Lifeline = lifeline;
        public bool IsRegistered = true;
        public bool IsQueued;
        public bool IsInInbox;
        public bool IsSuspect;
        public bool IsAlarmRegistered = true;
        public FakeSuspicion? Suspicion;

        public string Key => $"{IsRegistered}{IsQueued}{IsInInbox}{IsSuspect}{IsAlarmRegistered}{Suspicion?.IsGone}";

        /// <summary>The loop has read its inbox. A lifeline that it does not suspect is registered again.</summary>
        public void Arrived()
        {
            IsInInbox = false;
            if (!IsSuspect)
                return;
            IsSuspect = false;
            IsRegistered = Lifeline.State is not (LifelineState.Suspected or LifelineState.Discarded);
        }
    }

    private sealed class FakeSuspicion(Lifeline lifeline) : Suspicion(lifeline)
    {
        public bool IsGone;

        public override bool IsLifelineGone => IsGone;
    }
}
