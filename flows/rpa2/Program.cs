using Rpa2;
using Seatrial.Worker.Hosting;

var scoring = new Scoring(Peers.Load());
return await WorkerHost.RunAsync(worker => worker.Handle("rpa2", Rpa2Json.Default.CleanAnswer, scoring.Handle));
