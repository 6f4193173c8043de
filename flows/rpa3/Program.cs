using Rpa3;
using Seatrial.Worker.Hosting;

return await WorkerHost.RunAsync(worker => worker
    .UseSchema(typeof(Publication).Assembly)
    .Handle("rpa3", Rpa3Json.Default.ScoredAnswer, Publication.Handle)
    .Completing(Summaries.AddAsync));
