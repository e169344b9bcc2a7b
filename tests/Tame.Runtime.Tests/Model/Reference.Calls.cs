namespace Tame.Runtime.Tests.Model;

/// <summary>The waiting calls. Each is a body that returns the set it waits for next.</summary>
internal sealed partial class Reference
{
    /// <summary>A call.</summary>
    private sealed class Waiter(int number, Occurrence? done, Occurrence? result)
    {
        public readonly int[] Values = new int[Slots];
        public readonly Occurrence? Done = done;
        public readonly Occurrence? Result = result;
        public IEnumerator<Set> Body = null!;
        public int Made;
        public bool HasReturned, HasEnded, IsBlocked;
        public string? Thrown;

        public override string ToString() => $"call {number}";
    }

    private readonly List<Waiter> _calls = [];

    private string Start(Waiter call, IEnumerable<Set> body)
    {
        _calls.Add(call);
        call.Body = body.GetEnumerator();
        if (Advance(call))
            GoOn(call);
        call.HasReturned = true;
        return call.Thrown ?? "started";
    }

    /// <summary>Runs a body until it must wait. A call that was woken continues to wait if nothing is left for it.</summary>
    private void GoOn(Waiter call)
    {
        while (call.Body.Current.CanGoOn(call))
        {
            if (!Advance(call))
                return;
        }
        call.Body.Current.Waiter = call;
        call.IsBlocked = true;
    }

    private static bool Advance(Waiter call)
    {
        if (call.Body.MoveNext())
        {
            call.Body.Current.IsClosed = true;
            return true;
        }
        call.HasEnded = true;
        return false;
    }

    private void Wake(Waiter? call)
    {
        if (call is not { IsBlocked: true })
            return;
        call.IsBlocked = false;
        _ready.Enqueue(call);
    }

    private IEnumerable<Set> BlocksBody(Waiter call, BlockShape shape)
    {
        var first = Open(call, shape.First);
        if (!shape.Nested)
        {
            yield return first;
            if (Failed(call, first, null, shape.Guarded))
                yield break;
        }
        var second = Open(call, shape.Second);
        var around = shape.Nested ? first : null;
        if (shape.Throws)
        {
            Fail(call, Error(1000), second, around, shape.Guarded);
            yield break;
        }
        yield return second;
        if (Failed(call, second, around, shape.Guarded))
            yield break;
        if (around is not null)
        {
            yield return around;
            if (Failed(call, around, null, shape.Guarded))
                yield break;
        }
        End(call);
    }

    private IEnumerable<Set> JoinBody(Waiter call, Set rendezvous, JoinForm form, int times)
    {
        for (int i = 0; i < times; i++)
        {
            yield return rendezvous;
            var error = Take(rendezvous, call, out var e);
            if (error is null || e is not null && form == JoinForm.WithError)
            {
                Log.Add($"{call} joins {e!.Id} with {Name(error)}");
                continue;
            }
            Fail(call, error, null, null, form == JoinForm.Guarded);
            yield break;
        }
        End(call);
    }

    private bool Failed(Waiter call, Set block, Set? around, bool guarded)
    {
        var error = FirstOf(FailuresOf(block));
        if (error is not null)
            Fail(call, error, null, around, guarded);
        return error is not null;
    }

    /// <summary>
    /// An exception leaves its blocks, whose events are cancelled, and goes to the handler or to the event parameters. The failures of events become its other
    /// failures.
    /// </summary>
    private void Fail(Waiter call, Exception error, Set? inner, Set? outer, bool guarded)
    {
        IEnumerable<Set> left = new[] { inner, outer }.OfType<Set>();
        FirstOf(left.SelectMany(FailuresOf).Prepend(Leaving(error)));
        if (inner is not null)
            CancelEvents(inner);
        if (outer is not null)
            CancelEvents(outer);
        if (guarded)
        {
            Log.Add($"{call} catches {Name(error)}");
            End(call);
        }
        else if (Complete(call.Done, null, Leaving(error)) | Complete(call.Result, null, Leaving(error)))
        {
            return;
        }
        else if (call.HasReturned)
        {
            Log.Add($"unhandled: {Name(error)}");
        }
        else
        {
            call.Thrown = $"throws {Name(error)}";
        }
    }

    private void End(Waiter call)
    {
        Log.Add($"{call} ends with {string.Join(' ', call.Values)}");
        Complete(call.Done, null, null);
        Complete(call.Result, 100, null);
    }

    private Set Open(Waiter call, int count)
    {
        var block = new Set(isBlock: true);
        for (int i = 0; i < count; i++)
        {
            int slot = call.Made++ % Slots;
            Add(new Occurrence(block, 0, value => call.Values[slot] = value));
        }
        return block;
    }

    private void Add(Occurrence e)
    {
        e.Made = _events.Count;
        e.Owner.Waiting.Add(e);
        _events.Add(e);
    }
}
