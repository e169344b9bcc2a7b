using System.Globalization;
using System.Text;
using Tame.Guests;

namespace Tame;

/// <summary>Prints the waiting calls of all loops of this process. Any thread may use it.</summary>
internal static class BlockedCallsPrinter
{
    /// <summary>How long a loop may take to answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of loops that are asked. Those with their own threads come first.</summary>
    private const int MostLoops = 200;

    public static void Print(TextWriter writer)
    {
        var text = new StringBuilder();
        var questions = LiveLoops.All().Union(LiveGuests.All()).Take(MostLoops).ToList().ConvertAll(Question.Ask);
        if (questions.Count == 0)
            text.AppendLine("tame: no event loop");
        long due = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        foreach (var question in questions)
            question.AppendAnswer(text, TimeSpan.FromMilliseconds(Math.Max(0, due - Environment.TickCount64)));
        writer.Write(text.ToString());
        writer.Flush();
    }

    /// <summary>A question that is sent to a loop.</summary>
    private sealed class Question(EventLoop loop) : Message
    {
        private readonly TaskCompletionSource<string?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static Question Ask(EventLoop loop)
        {
            var question = new Question(loop);
            if (!loop.TryPost(question))
                question.Drop(loop);
            return question;
        }

        public void AppendAnswer(StringBuilder text, TimeSpan patience)
        {
            string what = !_answer.Task.Wait(patience)
                ? $"does not answer within {s_patience.TotalSeconds:0} s: it runs a long action, or nothing runs the loop; {loop.Statistics.BlockedCalls} calls wait"
                : _answer.Task.Result is not { } tree ? "has ended"
                : tree.Length == 0 ? "no call waits"
                : $"{loop.Statistics.BlockedCalls} calls wait:\n{tree}";
            text.Append(CultureInfo.InvariantCulture, $"tame: {loop.Name} ({ThreadOf(loop)}): {what}\n");
        }

        private static string ThreadOf(EventLoop loop) =>
            loop.IsGuest ? "guest" : loop.Thread.Name is { } name ? $"thread {loop.Thread.ManagedThreadId}, {name}" : $"thread {loop.Thread.ManagedThreadId}";

        internal override void Run(EventLoop loop) => _answer.TrySetResult(loop.BlockedTree());

        internal override void Drop(EventLoop loop) => _answer.TrySetResult(null);
    }
}
