namespace Tame.Generator.Model;

/// <summary>What a stage made of one method, or the fault that stopped it.</summary>
internal readonly record struct Attempt<T>(T? Value, Fault? Fault)
    where T : class
{
    /// <summary>Runs the next stage on the value. A fault, which may be an earlier one, takes the place of what it makes; cancellation passes through.</summary>
    public Attempt<TNext> Then<TNext>(string stage, string hintName, Func<T, TNext> next)
        where TNext : class
    {
        if (Value is null) return new(null, Fault);
        try
        {
            return new(next(Value), null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(null, Model.Fault.Of(error, stage, hintName));
        }
    }
}
