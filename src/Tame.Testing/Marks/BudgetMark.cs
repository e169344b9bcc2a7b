namespace Tame.Testing;

/// <summary>The end of a test's virtual time.</summary>
internal sealed class BudgetMark(TestRun run) : TimeMark
{
    public override bool IsBudget => true;

    public override void Reached(EventLoop loop) => run.ExceedVirtualTime(loop);
}
