using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Model;

/// <summary>The waiting calls, written like generated bodies.</summary>
internal sealed partial class Real
{
    /// <summary>A call that joins events of one rendezvous.</summary>
    private sealed class JoinCall(Real real, int number, Rendezvous<int> rendezvous, JoinForm form, int times)
    {
        private bool _isJoining;
        private int _joined;
        private int _id;

        public void Body(Call c)
        {
            try
            {
                while (_joined < times)
                {
                    if (!_isJoining)
                        c.BeginJoin(rendezvous);
                    _isJoining = true;
                    if (!c.JoinReady(1))
                        return;
                    _isJoining = false;
                    if (!End(c))
                        return;
                    _joined++;
                    real.Log.Add($"call {number} joins {_id} with {real.Name(c.Error)}");
                }
            }
            catch (Exception error) when (form == JoinForm.Guarded)
            {
                c.Unwind(0, error);
                real.Log.Add($"call {number} catches {real.Name(error)}");
            }
            Finish(real, number, c);
        }

        private bool End(Call c)
        {
            if (form == JoinForm.Bare)
                return c.EndJoin(ref _id);
            if (form == JoinForm.Guarded)
                c.EndJoinOrThrow(ref _id);
            else
                c.EndJoinOrError(ref _id, ref c.Error);
            return true;
        }
    }

    /// <summary>A call with two blocks.</summary>
    private sealed class BlocksCall(Real real, int number, BlockShape shape)
    {
        private int _made;

        public void Body(Call c)
        {
            try
            {
                if (!Run(c, c.State))
                    return;
            }
            catch (Exception error) when (shape.Guarded)
            {
                c.Unwind(0, error);
                real.Log.Add($"call {number} catches {real.Name(error)}");
            }
            Finish(real, number, c);
        }

        /// <summary>Continues after the wait with that number. Returns false if the body must return.</summary>
        private bool Run(Call c, int state)
        {
            if (state == 0)
            {
                Open(c, shape.First);
                if (!shape.Nested && !c.BlockDone(1))
                    return false;
            }
            if (state <= 1)
            {
                if (!shape.Nested && !End(c))
                    return false;
                Open(c, shape.Second);
                if (shape.Throws)
                    throw Error(1000);
                if (!c.BlockDone(2))
                    return false;
            }
            if (state <= 2)
            {
                if (!End(c))
                    return false;
                if (shape.Nested && !c.BlockDone(3))
                    return false;
            }
            return !shape.Nested || End(c);
        }

        private void Open(Call c, int count)
        {
            c.EnterBlock();
            for (int i = 0; i < count; i++)
                real._events.Add(c.Make(NextSlot(c), 1));
        }

        private Slot<int> NextSlot(Call c) => (_made++ % Slots) switch
        {
            0 => c.Slot(ref c.A),
            1 => c.Slot(ref c.B),
            2 => c.Slot(ref c.C),
            _ => c.Slot(ref c.D),
        };

        private bool End(Call c)
        {
            if (!shape.Guarded)
                return c.EndBlock();
            c.EndBlockOrThrow();
            return true;
        }
    }

    private static void Finish(Real real, int number, Call c)
    {
        real.Log.Add($"call {number} ends with {c.A} {c.B} {c.C} {c.D}");
        c.Done.Trigger();
        c.Result.Trigger(100);
    }
}
