namespace Outcomes;

#pragma warning disable TAME060 // the example shows an answer that never comes
/// <summary>The outcome of a wait for an event that nothing can trigger anymore.</summary>
public static partial class Losses
{
    #region loss
    [Tamed] public static partial void Answer(string question, Event<string> answer);

    private static void AnswerBody(string question, Event<string> answer)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        if (question.Length != 0)
            answer.Trigger("because");
    }

    [Tamed] public static partial void Interview(string[] questions, TextWriter output, Event done);

    private static void InterviewBody(string[] questions, TextWriter output, Event done)
    {
        foreach (string question in questions)
        {
            try
            {
                twait(e => Answer(question, e), out string answer);
                output.WriteLine(answer);
            }
            catch (LostEventException e)
            {
                output.WriteLine($"no answer: the event made in {Path.GetFileName(e.File)}:{e.Line} was lost");
            }
        }
        done.Trigger();
    }
    #endregion
}
